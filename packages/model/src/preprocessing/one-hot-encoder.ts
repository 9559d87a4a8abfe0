import { checkNotEmpty, kindsOf } from '../column-maps/fitted-columns.ts'
import type { Transformer } from '../column-maps/transformer.ts'
import type { Frame } from '../frame/frame.ts'
import { checkMembers, checkNumber, checkWord } from '../linear-model/check-options.ts'
import type { Matrix } from '../matrix.ts'
import {
  type CategoriesOption,
  categoriesFor,
  checkCategoriesOption,
  columnCategories,
} from './categories.ts'
import { FittedOneHotEncoder, type OneHotUnknown, oneHotUnknown } from './fitted-one-hot-encoder.ts'
import { type InfrequentOptions, infrequentCategories } from './infrequent-categories.ts'

export interface OneHotEncoderOptions extends InfrequentOptions {
  /** The values of each column, or `'auto'` for those in the data of the fit; default `'auto'`. */
  readonly categories?: CategoriesOption | undefined
  /** What a value is that the fit has not seen: an `'error'`, zeros (`'ignore'`), or one of the infrequent categories
   * where there are any, else zeros (`'infrequent_if_exist'`); default `'error'`. */
  readonly handleUnknown?: OneHotUnknown | undefined
  /** Which column is left out: the `'first'` of each feature, or the first of those with two (`'if_binary'`); default
   * none. */
  readonly drop?: 'first' | 'if_binary' | null | undefined
}

/**
 * Gives each category a column of its own, which is 1 in the rows that have it, else 0. Categories are ascending, a
 * missing value is a category and the last one, and infrequent ones share a column after the others.
 *
 * Source: `sklearn.preprocessing.OneHotEncoder`, 1.2.
 *
 * @example
 * const encoder = new OneHotEncoder().fit(new Frame({ sex: ['male', 'female'] }))
 * encoder.getFeatureNamesOut() // ['sex_female', 'sex_male']
 * encoder.transform(new Frame({ sex: ['male'] })).toRows() // [[0, 1]]
 */
export class OneHotEncoder implements Transformer {
  readonly #options: OneHotEncoderOptions

  /** @throws {ModelError} `invalid_option` when an option is out of its range, of another type, or unknown */
  constructor(options: OneHotEncoderOptions = {}) {
    checkMembers(options, optionNames, 'OneHotEncoder')
    checkCategoriesOption(options.categories)
    checkWord('handleUnknown', options.handleUnknown ?? 'error', oneHotUnknown)
    checkWord('drop', options.drop ?? null, ['first', 'if_binary', null])
    const isFrequency = (value: number) =>
      (value > 0 && value < 1) || (Number.isInteger(value) && value >= 1)
    const frequency = 'a share between 0 and 1, or a whole number of rows'
    checkNumber('minFrequency', options.minFrequency ?? 1, isFrequency, frequency)
    const isCount = (value: number) => Number.isInteger(value) && value >= 1
    checkNumber('maxCategories', options.maxCategories ?? 1, isCount, 'a whole number from 1 on')
    this.#options = { ...options }
  }

  /**
   * Learns the categories of each column.
   *
   * @throws {ModelError} `invalid_data` when there are no rows, or a value is not among the categories that were given
   */
  fit(X: Frame): FittedOneHotEncoder {
    checkNotEmpty(X)
    const { handleUnknown = 'error', drop } = this.#options
    const kinds = kindsOf(X)
    const given = categoriesFor(this.#options.categories, X.names.length)
    const columns = X.names.map((name, j) => {
      const found = columnCategories(X.columns[j], name, given[j], handleUnknown === 'error')
      const infrequent = infrequentCategories(found, X.nRows, this.#options)
      const nColumns = found.categories.length - Math.max(infrequent.length - 1, 0)
      const isDropped = drop === 'first' || (drop === 'if_binary' && nColumns === 2)
      const dropped = isDropped ? 0 : null
      return { name, kind: kinds[j], categories: found.categories, infrequent, dropped }
    })
    return new FittedOneHotEncoder({ handleUnknown, columns })
  }

  /** A column for each category. @throws {ModelError} as {@link fit} does */
  fitTransform(X: Frame): Matrix {
    return this.fit(X).transform(X)
  }
}

const optionNames: readonly (keyof OneHotEncoderOptions)[] = [
  ...(['categories', 'handleUnknown', 'drop', 'minFrequency', 'maxCategories'] as const),
]
