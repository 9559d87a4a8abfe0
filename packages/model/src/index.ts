export { ModelError, type ModelErrorCode, type ModelErrorFacts } from './errors.ts'
export { type KFoldOptions, kFold, stratifiedKFold } from './k-fold.ts'
export type { Label } from './labels.ts'
export {
  type ClassificationData,
  type MakeClassificationOptions,
  makeClassification,
} from './make-classification.ts'
export { Matrix, type Rows } from './matrix.ts'
export { type RandomSource, RandomState } from './random-state.ts'
export type { Split } from './split.ts'
export type { SplitSizes } from './split-sizes.ts'
export {
  type TrainTest,
  type TrainTestSplitOptions,
  trainTestIndices,
  trainTestSplit,
} from './train-test-split.ts'
