// What computes: all of it numbers and text, for threads that need no database.

export { type ScoredLines, scoreLines } from './batch/score-lines.ts'
export { type FieldProblem, type ParsedFeatures, parseFeatures } from './features.ts'
export { createModelReader, type PostedModel } from './model-reader.ts'
export { type AnsweredRow, type PredictedInstances, predictInstances } from './predict-instances.ts'
export { type Prediction, predictRow } from './prediction.ts'
