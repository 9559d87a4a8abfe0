export { ModelError, type ModelErrorCode, type ModelErrorFacts } from './errors.ts'
export {
  type ClassificationData,
  type MakeClassificationOptions,
  makeClassification,
} from './make-classification.ts'
export { type RandomSource, RandomState } from './random-state.ts'
