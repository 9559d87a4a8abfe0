export type { PythonModel } from '@dsapi/python'
export {
  compareInputs,
  type Drift,
  type FeatureDrift,
  finiteBounds,
  neededPredictions,
  type TooFewPredictions,
} from './drift/compare-inputs.ts'
export { readDataCells, type TrainingCells } from './drift/training-cells.ts'
export type { Verdict } from './drift/verdict.ts'
export {
  ModelChangeError,
  ModelGoneError,
  ModelRefusedError,
  NoModelError,
  type RefusalCode,
  StoredModelError,
  VersionInUseError,
  VersionNotFoundError,
} from './errors.ts'
export { loadVersion } from './loading/load-version.ts'
export { createModelHost, type ModelHost } from './loading/model-host.ts'
export { type StoredModel, toStoredModel } from './loading/stored-model.ts'
export {
  defaultModel,
  isModelName,
  modelNameForm,
  modelNamePattern,
  nameOfVersion,
} from './model-name.ts'
export { type LoggedInput, readLoggedInputs } from './prediction-log/logged-inputs.ts'
export {
  type LoggedPrediction,
  type PredictionLog,
  startPredictionLog,
} from './prediction-log/prediction-log.ts'
export { type Replay, type ReplayedInput, replayPredictions } from './replay/replay-predictions.ts'
export { followModels } from './serving/follow-models.ts'
export { type LoadedServed, loadServed } from './serving/load-served.ts'
export type { ModelProblem, ServedModel, ServedModels } from './serving/served-models.ts'
export { addPythonVersion } from './versions/add-python-version.ts'
export { type AddResult, addVersion } from './versions/add-version.ts'
export type { ModelAction } from './versions/change-models.ts'
export { endCanary, endShadow } from './versions/end-trial.ts'
export {
  findModelSummary,
  findVersion,
  listModels,
  listVersions,
  type ModelSummary,
  type VersionSummary,
} from './versions/model-summary.ts'
export { outputOfResult } from './versions/output-of-result.ts'
export { readVersionFile } from './versions/read-version-file.ts'
export { findOldVersions, removeOldVersions, removeVersion } from './versions/remove-version.ts'
export { rollBack } from './versions/roll-back.ts'
export { serveVersion } from './versions/serve-version.ts'
export { storeModel } from './versions/store-model.ts'
