export {
  type BatchFormat,
  BatchFormatError,
  type BatchInput,
  readBatchInput,
} from './batch/batch-input.ts'
export { type BatchResult, readBatchResult } from './batch/batch-result.ts'
export { classesOfResult } from './batch/classes-of-result.ts'
export { placesOf } from './batch/csv-columns.ts'
export { createNdjsonWriter } from './batch/result-to-ndjson.ts'
export { createCsvCutter, createLineCutter, type RowCutter } from './batch/row-cutter.ts'
export { resultHeader, type ScoredLines, scoreLines } from './batch/score-lines.ts'
export { decimalPattern, longestDecimal, parseDecimal } from './decimal.ts'
export { expirePredictions } from './expire-predictions.ts'
export { type FieldProblem, type ParsedFeatures, parseFeatures } from './features.ts'
export { followModel, NoModelError, type ServedModel } from './follow-model.ts'
export { type LoggedInput, readLoggedInputs } from './logged-inputs.ts'
export { createModelLoader, ModelGoneError } from './model-loader.ts'
export { type Prediction, predictRow } from './prediction.ts'
export { type LoggedPrediction, type PredictionLog, startPredictionLog } from './prediction-log.ts'
export { readSlowResult, type SlowResult } from './slow-prediction.ts'
export {
  loadModel,
  loadNewestModel,
  type NewestModel,
  type StoredModel,
  StoredModelError,
  storeModel,
} from './stored-model.ts'
