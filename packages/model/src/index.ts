export {
  CalibratedClassifierCV,
  type CalibratedClassifierOptions,
} from './calibration/calibrated-classifier-cv.ts'
export {
  type Calibration,
  type CalibrationFitOptions,
  type Calibrator,
  calibrate,
  fitCalibration,
} from './calibration/calibration.ts'
export { type IsotonicPoints, IsotonicRegression } from './calibration/isotonic-regression.ts'
export type { Sigmoid } from './calibration/sigmoid-calibration.ts'
export type { InputFeature } from './column-maps/fitted-columns.ts'
export type { FittedTransformer, Transformer } from './column-maps/transformer.ts'
export {
  ColumnTransformer,
  type ColumnTransformerOptions,
  type ColumnTransformerPart,
} from './compose/column-transformer.ts'
export {
  type ColumnTransformerJSON,
  FittedColumnTransformer,
} from './compose/fitted-column-transformer.ts'
export type { MakeClassificationOptions } from './datasets/classification-options.ts'
export {
  type ClassificationData,
  makeClassification,
} from './datasets/make-classification.ts'
export { ModelError, type ModelErrorCode, type ModelErrorFacts } from './errors.ts'
export type { Cell, ColumnKind } from './frame/cell.ts'
export { type Column, type ColumnValues, Frame, type FrameColumns } from './frame/frame.ts'
export { TextColumn } from './frame/text-column.ts'
export type { ImputerStrategy } from './impute/column-statistic.ts'
export { FittedSimpleImputer, type SimpleImputerJSON } from './impute/fitted-simple-imputer.ts'
export { SimpleImputer, type SimpleImputerOptions } from './impute/simple-imputer.ts'
export {
  type ColumnImportance,
  type PermutationImportanceOptions,
  permutationImportance,
} from './inspection/permutation-importance.ts'
export type { Label } from './labels.ts'
export type { ClassWeight } from './linear-model/class-weights.ts'
export {
  type CoefficientRow,
  type CoefficientTable,
  type CoefficientTableOptions,
  coefficientTable,
} from './linear-model/coefficient-table.ts'
export {
  ElasticNet,
  type ElasticNetOptions,
  Lasso,
  type LassoOptions,
} from './linear-model/elastic-net.ts'
export type { LinearFitOptions } from './linear-model/fit-least-squares.ts'
export { LinearRegression, type LinearRegressionOptions } from './linear-model/linear-regression.ts'
export {
  type LinearFitReport,
  type LinearRegressionJSON,
  LinearRegressionModel,
} from './linear-model/linear-regression-model.ts'
export {
  type FitOptions,
  LogisticRegression,
  type LogisticRegressionOptions,
} from './linear-model/logistic-regression.ts'
export { LogisticRegressionModel } from './linear-model/logistic-regression-model.ts'
export type { FitReport, ModelParameters } from './linear-model/model-parameters.ts'
export type { FitProgress } from './linear-model/newton.ts'
export { Ridge, type RidgeOptions } from './linear-model/ridge.ts'
export { Matrix, type Rows } from './matrix.ts'
export { accuracyScore } from './metrics/accuracy-score.ts'
export { averagePrecisionScore } from './metrics/average-precision-score.ts'
export {
  type BestThreshold,
  type BestThresholdOptions,
  bestThreshold,
  type MistakeCosts,
} from './metrics/best-threshold.ts'
export { brierScoreLoss } from './metrics/brier-score-loss.ts'
export {
  type CalibrationBin,
  type CalibrationOptions,
  calibrationCurve,
} from './metrics/calibration-curve.ts'
export {
  type ClassificationReport,
  classificationReport,
} from './metrics/classification-report.ts'
export { type ConfusionMatrix, confusionMatrix } from './metrics/confusion-matrix.ts'
export { logLoss } from './metrics/log-loss.ts'
export {
  countExpected,
  createStabilityCounter,
  type ExpectedBin,
  type PopulationStability,
  populationStabilityIndex,
  type StabilityBin,
  type StabilityCounter,
  type StabilityOptions,
  stabilityCounterOf,
  stabilityOfCounts,
} from './metrics/population-stability-index.ts'
export {
  f1Score,
  type PrecisionRecall,
  type PrecisionRecallOptions,
  precisionScore,
  recallScore,
} from './metrics/precision-recall.ts'
export {
  type PrecisionRecallCurve,
  type PrecisionRecallCurveOptions,
  precisionRecallCurve,
} from './metrics/precision-recall-curve.ts'
export {
  meanAbsoluteError,
  meanSquaredError,
  medianAbsoluteError,
  r2Score,
  rootMeanSquaredError,
} from './metrics/regression-scores.ts'
export { rocAucScore, rocAucScoreOneVsRest } from './metrics/roc-auc-score.ts'
export {
  type Classifier,
  type ClassifierTable,
  crossValDecision,
} from './model-selection/cross-val-decision.ts'
export { type KFoldOptions, kFold, stratifiedKFold } from './model-selection/k-fold.ts'
export {
  type CurvePoint,
  type SearchCOptions,
  type SearchCResult,
  searchC,
} from './model-selection/search-c.ts'
export type { Split } from './model-selection/split.ts'
export type { SplitSizes } from './model-selection/split-sizes.ts'
export { type TrainTest, takeSplit } from './model-selection/take-split.ts'
export {
  type TrainTestSplitOptions,
  trainTestIndices,
  trainTestSplit,
} from './model-selection/train-test-split.ts'
export type { CheckResult } from './persistence/check-answers.ts'
export { type ImportedModel, importModel } from './persistence/import-model.ts'
export type { LogisticRegressionJSON } from './persistence/model-format.ts'
export { modelFromJSON } from './persistence/model-from-json.ts'
export { pipelineFromJSON, transformerFromJSON } from './persistence/pipeline-from-json.ts'
export {
  type ImportedEstimator,
  importScikitLearn,
} from './persistence/scikit-learn/import-scikit-learn.ts'
export { type CompiledPipeline, compilePipeline } from './pipeline/compile-pipeline.ts'
export {
  FittedPipeline,
  type PipelineJSON,
  type PipelineModel,
} from './pipeline/fitted-pipeline.ts'
export { isClassifier, isRegressor } from './pipeline/is-classifier.ts'
export { Pipeline, type PipelineFitOptions, type PipelineStep } from './pipeline/pipeline.ts'
export type { TypedRows } from './pipeline/typed-rows.ts'
export type { CategoriesOption } from './preprocessing/categories.ts'
export {
  FittedOneHotEncoder,
  type OneHotEncoderJSON,
} from './preprocessing/fitted-one-hot-encoder.ts'
export {
  FittedOrdinalEncoder,
  type OrdinalEncoderJSON,
} from './preprocessing/fitted-ordinal-encoder.ts'
export {
  FittedStandardScaler,
  type StandardScalerJSON,
} from './preprocessing/fitted-standard-scaler.ts'
export { OneHotEncoder, type OneHotEncoderOptions } from './preprocessing/one-hot-encoder.ts'
export { OrdinalEncoder, type OrdinalEncoderOptions } from './preprocessing/ordinal-encoder.ts'
export { StandardScaler, type StandardScalerOptions } from './preprocessing/standard-scaler.ts'
export { type RandomSource, RandomState } from './random/random-state.ts'
export { checkClassLabels } from './table/check-class-labels.ts'
export type { ColumnChoice, ColumnUse, ValueKind } from './table/column-choice.ts'
export { readNumberCell } from './table/columns/cell-forms.ts'
export { type CsvOptions, CsvParser, type CsvRecord } from './table/csv-parser.ts'
export { decimalPattern, longestDecimal, parseDecimal } from './table/decimal.ts'
export { type DetectFormatOptions, detectFormat, type TableFormat } from './table/detect-format.ts'
export { columnNames, findColumn } from './table/find-column.ts'
export type { LabelledTable, LabelledTableOptions } from './table/labelled-table.ts'
export { isMissingText } from './table/missing-markers.ts'
export { readCsv } from './table/read-csv.ts'
export type { TableLabels } from './table/read-label-cells.ts'
export { readLabelledTable } from './table/read-labelled-table.ts'
export { type ReadTableOptions, readTable, readTableFromPieces } from './table/read-table.ts'
export type { MissingLabels, Table } from './table/table-builder.ts'
export { checkFeatureNames, featureNameProblem } from './validation/feature-names.ts'
