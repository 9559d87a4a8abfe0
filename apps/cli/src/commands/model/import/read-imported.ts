import type { ModelOptions } from '@dsapi/inference'
import { isRecord } from '@dsapi/inference'
import {
  type FittedPipeline,
  type ImportedModel,
  importModel,
  importScikitLearn,
  LinearRegressionModel,
  type LogisticRegressionModel,
  pipelineFromJSON,
} from '@dsapi/model'

/** A model that was read from a file, and what is known about its answers. */
export type Imported = Pick<ImportedModel, 'check' | 'assumptions'> & {
  readonly model: FittedPipeline | LinearRegressionModel | LogisticRegressionModel
  readonly options: ModelOptions
}

const unchecked = { check: undefined, assumptions: [], options: {} } as const

/**
 * Reads a model of any form that `model import` takes; its format decides.
 *
 * @param json what `JSON.parse` gave
 * @throws {ModelError} when it is damaged, or does not answer as Python did
 */
export const readImported = (json: unknown): Imported => {
  switch (isRecord(json) ? json.format : undefined) {
    case 'dsapi-scikit-learn': {
      const { booleans, ...imported } = importScikitLearn(json)
      const types = Object.fromEntries(booleans.map((name) => [name, 'boolean'] as const))
      return { ...imported, options: booleans.length === 0 ? {} : { types } }
    }
    case 'dsapi-pipeline':
      return { ...unchecked, model: pipelineFromJSON(json) }
    case 'dsapi-linear-regression':
      return { ...unchecked, model: LinearRegressionModel.fromJSON(json) }
    default:
      return { ...importModel(json), options: {} }
  }
}
