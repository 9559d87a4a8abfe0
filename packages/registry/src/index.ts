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
export { type FieldProblem, type ParsedFeatures, parseFeatures } from './features.ts'
export { followModel, NoModelError, type ServedModel } from './models/follow-model.ts'
export { createModelLoader, ModelGoneError } from './models/model-loader.ts'
export {
  loadModel,
  loadNewestModel,
  type NewestModel,
  type StoredModel,
  StoredModelError,
  storeModel,
} from './models/stored-model.ts'
export { type Prediction, predictRow } from './prediction.ts'
export { expirePredictions } from './prediction-log/expire-predictions.ts'
export { type LoggedInput, readLoggedInputs } from './prediction-log/logged-inputs.ts'
export {
  type LoggedPrediction,
  type PredictionLog,
  startPredictionLog,
} from './prediction-log/prediction-log.ts'
export { readSlowResult, type SlowResult } from './slow-prediction.ts'
