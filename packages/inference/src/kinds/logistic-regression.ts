import { type LogisticRegressionModel, Matrix, modelFromJSON } from '@dsapi/model'
import type { Batch } from '../batch.ts'
import type { ModelInfo } from '../model-info.ts'
import { type Predictions, predictClasses } from '../predictions.ts'
import type { ModelRuntime } from '../runtime.ts'
import { headText } from './head-text.ts'
import type { LocalKind } from './kind.ts'
import { nameFeatures } from './options/name-features.ts'
import { refuseOptions } from './options/refuse-options.ts'

const format = 'dsapi-logistic-regression'
const decoder = new TextDecoder()

/** What one of these shows its file by. A file without coefficients gets an error that says so. */
const signs = ['"coef"', '"classes"', `"${format}"`]

/** A fitted logistic regression, as `@dsapi/model` writes it, or as a script for scikit-learn does. */
export const logisticRegression: LocalKind = {
  name: 'logistic-regression',
  recognizes: (head) => {
    const text = headText(head)
    return text.startsWith('{') && signs.some((sign) => text.includes(sign))
  },
  read: (bytes, options) => {
    refuseOptions('A logistic regression', options, ['features', 'rename'])
    const model = modelFromJSON(JSON.parse(decoder.decode(bytes)))
    return logisticRegressionRuntime(model, nameFeatures(model.featureNames, options))
  },
}

/**
 * Makes what computes of a fitted logistic regression.
 *
 * @param featureNames those that requests use
 */
export const logisticRegressionRuntime = (
  model: LogisticRegressionModel,
  featureNames: readonly string[] = model.featureNames,
): ModelRuntime => new LogisticRegressionRuntime(model, featureNames)

/** Half of what a processor's second cache usually holds. */
const numbersAtOnce = 2 ** 14

class LogisticRegressionRuntime implements ModelRuntime {
  readonly info: ModelInfo
  readonly #model: LogisticRegressionModel

  constructor(model: LogisticRegressionModel, featureNames: readonly string[]) {
    this.#model = model
    this.info = infoOf(model, featureNames)
  }

  predictSync({ nRows, numbers }: Batch): Predictions {
    const { classes, threshold } = this.#model
    return predictClasses(
      classes,
      numbers instanceof Float64Array
        ? this.#probabilities(numbers, nRows)
        : this.#probabilitiesOfSingles(numbers, nRows),
      threshold,
    )
  }

  #probabilities(numbers: Float64Array, nRows: number): Float64Array {
    return this.#model.predictProba(new Matrix(numbers, nRows, this.info.features.length)).data
  }

  /** A few rows at a time become doubles, so that they stay in the cache, and a large tensor is not copied as a whole. */
  #probabilitiesOfSingles(numbers: Float32Array, nRows: number): Float64Array {
    const width = this.info.features.length
    const rowsAtOnce = Math.max(1, Math.min(nRows, Math.floor(numbersAtOnce / width)))
    const doubles = new Float64Array(rowsAtOnce * width)
    const probabilities = new Float64Array(nRows * this.#model.classes.length)
    for (let row = 0; row < nRows; row += rowsAtOnce) {
      const count = Math.min(rowsAtOnce, nRows - row)
      const piece = doubles.subarray(0, count * width)
      piece.set(numbers.subarray(row * width, (row + count) * width))
      const of = this.#probabilities(piece, count)
      probabilities.set(of, row * this.#model.classes.length)
    }
    return probabilities
  }

  predictOne(row: readonly number[]): readonly number[] {
    return this.#model.predictProbaOne(row)
  }

  async predict(batch: Batch): Promise<Predictions> {
    return this.predictSync(batch)
  }

  async close(): Promise<void> {}
}

/** What the model answers, with its threshold. */
export const outputOf = ({ classes, threshold }: LogisticRegressionModel) =>
  ({ type: 'classes', classes, ...(threshold !== undefined && { threshold }) }) as const

const infoOf = (model: LogisticRegressionModel, featureNames: readonly string[]): ModelInfo => ({
  format,
  precision: 'float64',
  features: featureNames.map((name) => ({ name, type: 'number', nullable: false })),
  featureNames,
  output: outputOf(model),
})
