import { LinearRegressionModel, Matrix } from '@dsapi/model'
import type { Batch } from '../batch.ts'
import type { ModelInfo } from '../model-info.ts'
import type { Predictions } from '../predictions.ts'
import type { ModelRuntime } from '../runtime.ts'
import { hasFormat } from './has-format.ts'
import type { LocalKind } from './kind.ts'
import { nameFeatures } from './options/name-features.ts'
import { nameValues } from './options/name-values.ts'
import { refuseOptions } from './options/refuse-options.ts'
import { blamingRows } from './pipeline/refused-rows.ts'

const format = 'dsapi-linear-regression'
const decoder = new TextDecoder()

/** A fitted linear model with numbers as answers, as `@dsapi/model` writes it. */
export const linearRegression: LocalKind = {
  name: 'linear-regression',
  recognizes: (head) => hasFormat(head, format),
  read: (bytes, options) => {
    refuseOptions('A linear regression', options, ['features', 'rename', 'outputs'])
    const model = LinearRegressionModel.fromJSON(JSON.parse(decoder.decode(bytes)))
    const featureNames = nameFeatures(model.featureNames, options)
    return linearRegressionRuntime(model, {
      ...{ format, precision: 'float64', featureNames },
      features: featureNames.map((name) => ({ name, type: 'number', nullable: false })),
      output: { type: 'values', names: nameValues('value', 1, options) },
    })
  },
}

type Info = ModelInfo & { readonly output: { readonly type: 'values' } }

const linearRegressionRuntime = (model: LinearRegressionModel, info: Info): ModelRuntime => {
  const { names } = info.output
  const blame = blamingRows(model.featureNames, info.featureNames)
  const predictSync = ({ nRows, numbers }: Batch): Predictions => {
    const doubles = numbers instanceof Float64Array ? numbers : new Float64Array(numbers)
    const X = new Matrix(doubles, nRows, info.features.length)
    return { type: 'values', nRows, names, values: blame(() => model.predict(X)) }
  }
  return {
    info,
    predictSync,
    predictOne: (row) => blame(() => [model.predictOne(row)]),
    predict: async (batch) => predictSync(batch),
    close: async () => {},
  }
}
