import { type LogisticRegressionModel, Matrix, modelFromJSON } from '@dsapi/model'
import type { Batch } from '../batch.ts'
import type { ModelInfo } from '../model-info.ts'
import { type Predictions, predictClasses } from '../predictions.ts'
import type { ModelRuntime } from '../runtime.ts'
import type { LocalKind } from './kind.ts'

const format = 'dsapi-logistic-regression'
const decoder = new TextDecoder()

/** A fitted logistic regression, as `@dsapi/model` writes it, or as a script for scikit-learn does. */
export const logisticRegression: LocalKind = {
  name: 'logistic-regression',
  recognizes: (head) => {
    const text = decoder.decode(head).trimStart()
    return text.startsWith('{') && (text.includes('"coef"') || text.includes(`"${format}"`))
  },
  read: (bytes) => logisticRegressionRuntime(modelFromJSON(JSON.parse(decoder.decode(bytes)))),
}

/** Makes what computes of a fitted logistic regression. */
export const logisticRegressionRuntime = (model: LogisticRegressionModel): ModelRuntime =>
  new LogisticRegressionRuntime(model)

class LogisticRegressionRuntime implements ModelRuntime {
  readonly info: ModelInfo
  readonly #model: LogisticRegressionModel

  constructor(model: LogisticRegressionModel) {
    this.#model = model
    this.info = infoOf(model)
  }

  predictSync({ nRows, numbers }: Batch): Predictions {
    const { classes, featureNames } = this.#model
    const data = numbers instanceof Float64Array ? numbers : Float64Array.from(numbers)
    const matrix = new Matrix(data, nRows, featureNames.length)
    return predictClasses(classes, this.#model.predictProba(matrix).data)
  }

  predictOne(row: readonly number[]): readonly number[] {
    return this.#model.predictProbaOne(row)
  }

  async predict(batch: Batch): Promise<Predictions> {
    return this.predictSync(batch)
  }

  async close(): Promise<void> {}
}

const infoOf = ({ classes, featureNames }: LogisticRegressionModel): ModelInfo => ({
  format,
  precision: 'float64',
  features: featureNames.map((name) => ({ name, type: 'number', nullable: false })),
  featureNames,
  output: { type: 'classes', classes },
})
