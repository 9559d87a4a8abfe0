export type { CheckResult } from './check-answers.ts'
export { checkClassLabels } from './check-class-labels.ts'
export type { ClassWeight } from './class-weights.ts'
export { type CsvOptions, CsvParser, type CsvRecord } from './csv-parser.ts'
export { ModelError, type ModelErrorCode, type ModelErrorFacts } from './errors.ts'
export { checkFeatureNames, featureNameProblem } from './feature-names.ts'
export { type ImportedModel, importModel } from './import-model.ts'
export { type KFoldOptions, kFold, stratifiedKFold } from './k-fold.ts'
export type { Label } from './labels.ts'
export {
  type FitOptions,
  LogisticRegression,
  type LogisticRegressionOptions,
} from './logistic-regression.ts'
export {
  type FitReport,
  LogisticRegressionModel,
  type ModelParameters,
} from './logistic-regression-model.ts'
export {
  type ClassificationData,
  type MakeClassificationOptions,
  makeClassification,
} from './make-classification.ts'
export { Matrix, type Rows } from './matrix.ts'
export { accuracyScore } from './metrics/accuracy-score.ts'
export { brierScoreLoss } from './metrics/brier-score-loss.ts'
export {
  type CalibrationBin,
  type CalibrationOptions,
  calibrationCurve,
} from './metrics/calibration-curve.ts'
export { type ConfusionMatrix, confusionMatrix } from './metrics/confusion-matrix.ts'
export { logLoss } from './metrics/log-loss.ts'
export {
  createStabilityCounter,
  type PopulationStability,
  populationStabilityIndex,
  type StabilityBin,
  type StabilityCounter,
  type StabilityOptions,
} from './metrics/population-stability-index.ts'
export { rocAucScore, rocAucScoreOneVsRest } from './metrics/roc-auc-score.ts'
export type { LogisticRegressionJSON } from './model-format.ts'
export { modelFromJSON } from './model-from-json.ts'
export type { FitProgress } from './newton.ts'
export { type RandomSource, RandomState } from './random-state.ts'
export { readCsv } from './read-csv.ts'
export { type ReadTableOptions, readTable, readTableFromPieces } from './read-table.ts'
export type { Split } from './split.ts'
export type { SplitSizes } from './split-sizes.ts'
export { FittedStandardScaler, StandardScaler, type StandardScalerJSON } from './standard-scaler.ts'
export type { MissingLabels, Table } from './table-builder.ts'
export { type TrainTest, takeSplit } from './take-split.ts'
export {
  type TrainTestSplitOptions,
  trainTestIndices,
  trainTestSplit,
} from './train-test-split.ts'
