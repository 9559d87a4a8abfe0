// What computes: all of it numbers and text, for threads that need no database.

export { BatchFormatError } from './batch/batch-input.ts'
export { type ScoredLines, scoreLines } from './batch/score-lines.ts'
export { type FieldProblem, type ParsedFeatures, parseFeatures } from './features.ts'
export {
  type AnsweredRow,
  answerBytesPerRow,
  type PredictedRows,
  predictRows,
  rowsPerPiece,
  type Sampling,
  sampleEvery,
} from './instances/predict-rows.ts'
export { type ReadInstances, readInstances } from './instances/read-instances.ts'
export { createModelReader, type PostedModel } from './model-reader.ts'
export { type Prediction, predictRow } from './prediction.ts'
