export { TreesError, type TreesErrorCode, type TreesErrorFacts } from './errors.ts'
export type { Rows } from './evaluate/predictor.ts'
export { type Category, type Feature, warnOfDuplicates } from './features.ts'
export { readLightgbm, readLightgbmInSteps } from './lightgbm/read-lightgbm.ts'
export type { Output } from './output.ts'
export { readTrees } from './read-trees.ts'
export {
  describeOther,
  type OtherFile,
  type OtherFormat,
  recogniseFormat,
  type TreesFormat,
} from './recognise-format.ts'
export { TreeEnsemble, type TreeEnsembleFacts } from './tree-ensemble.ts'
export type { XgboostOptions } from './xgboost/options.ts'
export { readXgboost, readXgboostInSteps } from './xgboost/read-xgboost.ts'
