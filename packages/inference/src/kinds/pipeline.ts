import { type InputFeature, isClassifier, isRegressor, pipelineFromJSON } from '@dsapi/model'
import type { Feature } from '../model-info.ts'
import type { ModelOptions } from '../model-options.ts'
import type { ModelRuntime } from '../runtime.ts'
import { hasFormat } from './has-format.ts'
import type { LocalKind } from './kind.ts'
import { outputOf } from './logistic-regression.ts'
import { ModelOptionsError } from './model-options-error.ts'
import { changeTypes } from './options/change-types.ts'
import { nameFeatures } from './options/name-features.ts'
import { nameValues } from './options/name-values.ts'
import { refuseOptions } from './options/refuse-options.ts'
import { pipelineRuntime } from './pipeline/pipeline-runtime.ts'

const format = 'dsapi-pipeline'
const decoder = new TextDecoder()

/** Transformers with a linear model behind them, fitted by `@dsapi/model` and written as JSON. */
export const pipeline: LocalKind = {
  name: 'pipeline',
  recognizes: (head) => hasFormat(head, format),
  read: (bytes, options): ModelRuntime => {
    refuseOptions('A pipeline', options, ['features', 'rename', 'types', 'outputs'])
    const fitted = pipelineFromJSON(JSON.parse(decoder.decode(bytes)))
    const features = describeFeatures(fitted.features, options)
    const info = { format, precision: 'float64', ...features } as const
    if (isClassifier(fitted)) {
      if (options.outputs !== undefined) {
        throw new ModelOptionsError('The model has no values: leave out the option `outputs`')
      }
      const output = outputOf(fitted.model)
      return pipelineRuntime(fitted, { ...info, output })
    }
    if (!isRegressor(fitted)) {
      throw new Error('The last step of the pipeline is no model, so it predicts nothing')
    }
    const output = { type: 'values', names: nameValues('value', 1, options) } as const
    return pipelineRuntime(fitted, { ...info, output })
  },
}

const describeFeatures = (columns: readonly InputFeature[], options: ModelOptions) => {
  const featureNames = nameFeatures(
    columns.map(({ name }) => name),
    options,
  )
  const features = changeTypes(
    columns.map((column, place) => describeColumn(column, featureNames[place])),
    options,
  )
  return { features, featureNames }
}

const describeColumn = ({ kind, nullable, categories }: InputFeature, name: string): Feature => ({
  name,
  type: kind,
  nullable,
  ...(categories && { categories }),
})
