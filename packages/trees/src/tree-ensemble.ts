import { TreesError } from './errors.ts'
import type { Predictor, Rows } from './evaluate/predictor.ts'
import type { Category, Feature } from './features.ts'
import type { Output } from './output.ts'
import { quoteText } from './quote-text.ts'
import type { Transform } from './transforms.ts'

/** What a file says of itself. */
export interface TreeEnsembleFacts {
  readonly format: 'xgboost-json' | 'xgboost-ubjson' | 'lightgbm-text'
  /** For example `XGBoost 3.0.0` or `LightGBM (model format v4)`. */
  readonly producer: string
  /** `gbtree`, `dart`, `gblinear`, or LightGBM's `tree`. */
  readonly booster: string
  /** As in the file; undefined where there is none, because it was a function of the user's own. */
  readonly objective: string | undefined
  readonly output: Output
  /** How many numbers a row gets: 1, or one a class or target. */
  readonly outputs: number
  readonly featureCount: number
  /** What counts as missing. Where NaN does not, the model takes it for 0. */
  readonly missing: { readonly nan: boolean; readonly zero: boolean }
  /** In which values are compared and added. */
  readonly precision: 'float32' | 'float64'
  /** How many trees the file has, and how many of them are used (fewer after early stopping). */
  readonly trees: number
  readonly usedTrees: number
  readonly nodes: number
  /** What the caller ought to know and the file cannot settle. */
  readonly warnings: readonly string[]
}

/** How it is evaluated. */
export interface TreeEnsembleParts {
  readonly predictor: Predictor
  /** From where the margins of a row start, one an output. */
  readonly base: Float64Array
  readonly transform: Transform
  /** By what margins are divided before they are transformed: the iterations of a random forest, else 1. */
  readonly divisor: number
  readonly describeFeatures: () => readonly Feature[]
}

/** A model of trees, or XGBoost's linear one; nothing in it changes once it has been read. */
export class TreeEnsemble {
  readonly facts: TreeEnsembleFacts
  readonly #parts: TreeEnsembleParts
  #features: readonly Feature[] | undefined

  /** Made by `readXgboost`, `readLightgbm` and `readTrees`. */
  constructor(facts: TreeEnsembleFacts, parts: TreeEnsembleParts) {
    this.facts = Object.freeze(facts)
    this.#parts = parts
    Object.freeze(this)
  }

  /** The columns of a row, in their order. */
  get features(): readonly Feature[] {
    this.#features ??= Object.freeze(this.#parts.describeFeatures())
    return this.#features
  }

  /**
   * The sums of the trees, equal to the library's to the last bit (XGBoost: `output_margin=True`; LightGBM:
   * `raw_score=True`).
   *
   * @param rows `count` rows one after another, each with one number a feature, NaN for missing
   * @returns of each row, one number an output
   * @throws TreesError `invalid_rows` if the length is not `count` times the number of features
   */
  predictMargin(rows: Rows, count: number): Float64Array {
    this.#checkRows(rows, count)
    const { base, predictor } = this.#parts
    const { outputs } = this.facts
    const margins = new Float64Array(count * outputs)
    if (outputs === 1) margins.fill(base[0])
    else for (let i = 0; i < margins.length; i++) margins[i] = base[i % outputs]
    predictor.addTo(rows, count, margins)
    return margins
  }

  /**
   * What the library predicts: probabilities, values, or margins, as `facts.output` says. Of a model of two classes,
   * it is the probability of the second.
   *
   * @param rows as for `predictMargin`
   * @returns of each row, one number an output
   * @throws TreesError `invalid_rows`
   */
  predict(rows: Rows, count: number): Float64Array {
    const values = this.predictMargin(rows, count)
    const { transform, divisor } = this.#parts
    const { outputs } = this.facts
    if (divisor !== 1) for (let i = 0; i < values.length; i++) values[i] /= divisor
    for (let at = 0; at < values.length; at += outputs) transform(values, at, outputs)
    return values
  }

  /**
   * The probability of each class, also where there are two.
   *
   * @param rows as for `predictMargin`
   * @returns of each row, one number a class
   * @throws TreesError `invalid_rows`, also if the model predicts no classes
   */
  predictProbabilities(rows: Rows, count: number): Float64Array {
    const { output, outputs, precision } = this.facts
    if (output.kind !== 'classes')
      throw new TreesError(
        'invalid_rows',
        'The model predicts no classes, so it has no probabilities.',
      )
    const values = this.predict(rows, count)
    if (output.classes === outputs) return values
    const both = new Float64Array(2 * count)
    for (let i = 0; i < count; i++) {
      const other = 1 - values[i]
      both[2 * i] = precision === 'float32' ? Math.fround(other) : other
      both[2 * i + 1] = values[i]
    }
    return both
  }

  /**
   * The number that stands for a category in a row.
   *
   * @param feature its place among the features
   * @returns undefined if the model does not know the category: LightGBM takes it for missing, XGBoost refuses it
   * @throws TreesError `invalid_rows` if the file names no categories for that feature
   */
  categoryCode(feature: number, category: Category): number | undefined {
    const found = this.features[feature]
    if (found?.categories === undefined) {
      const name = found === undefined ? String(feature) : quoteText(found.name)
      throw new TreesError('invalid_rows', `The model names no categories for the feature ${name}.`)
    }
    const code = found.categories.indexOf(category)
    return code < 0 ? undefined : code
  }

  #checkRows(rows: Rows, count: number): void {
    const isRows = rows instanceof Float64Array || rows instanceof Float32Array
    if (!isRows)
      throw new TreesError('invalid_rows', 'Rows have to be a Float64Array or a Float32Array.')
    if (!Number.isSafeInteger(count) || count < 0)
      throw new TreesError('invalid_rows', 'The number of rows has to be a whole number from 0 on.')
    const { featureCount } = this.facts
    if (rows.length === count * featureCount) return
    throw new TreesError(
      'invalid_rows',
      `${count} rows of ${featureCount} features are ${count * featureCount} numbers, but ${rows.length} were given.`,
    )
  }
}
