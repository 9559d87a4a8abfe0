export { defaultModel, isModelName, modelNameForm, modelNamePattern } from './model-name.ts'
export { followModel, NoModelError, type ServedModel } from './models/follow-model.ts'
export { createModelLoader, ModelGoneError } from './models/model-loader.ts'
export { outputOfResult } from './models/output-of-result.ts'
export {
  loadModel,
  loadNewestModel,
  type NewestModel,
  type StoredModel,
  StoredModelError,
  storeModel,
  toStoredModel,
} from './models/stored-model.ts'
export { expirePredictions } from './prediction-log/expire-predictions.ts'
export { type LoggedInput, readLoggedInputs } from './prediction-log/logged-inputs.ts'
export {
  type LoggedPrediction,
  type PredictionLog,
  startPredictionLog,
} from './prediction-log/prediction-log.ts'
