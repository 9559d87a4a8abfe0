import { checkNotEmpty, kindsOf } from '../column-maps/fitted-columns.ts'
import type { Transformer } from '../column-maps/transformer.ts'
import { ModelError } from '../errors.ts'
import { type Cell, isMissing } from '../frame/cell.ts'
import type { Frame } from '../frame/frame.ts'
import {
  checkMembers,
  checkNumber,
  checkWord,
  refuseOption,
} from '../linear-model/check-options.ts'
import type { Matrix } from '../matrix.ts'
import { show } from '../validation/show.ts'
import {
  type CategoriesOption,
  categoriesFor,
  checkCategoriesOption,
  columnCategories,
} from './categories.ts'
import {
  FittedOrdinalEncoder,
  type OrdinalUnknown,
  ordinalUnknown,
} from './fitted-ordinal-encoder.ts'

export interface OrdinalEncoderOptions {
  /** The values of each column in their order, or `'auto'` for those in the data of the fit; default `'auto'`. */
  readonly categories?: CategoriesOption | undefined
  /** What a value is that the fit has not seen: an `'error'`, or `unknownValue` (`'use_encoded_value'`); default
   * `'error'`. */
  readonly handleUnknown?: OrdinalUnknown | undefined
  /** The number for unknown values: a whole number that is no category's, or NaN. */
  readonly unknownValue?: number | null | undefined
  /** The number for missing values that the fit has seen: a whole number that is no category's, or NaN; default NaN. */
  readonly encodedMissingValue?: number | undefined
}

/**
 * Numbers the categories of each column: 0, 1, … in ascending order, or in the order in which they were given.
 *
 * Source: `sklearn.preprocessing.OrdinalEncoder`, 1.2.
 *
 * @example
 * const encoder = new OrdinalEncoder({ categories: [['low', 'high']] }).fit(new Frame({ level: ['high', 'low'] }))
 * encoder.transform(new Frame({ level: ['high'] })).toRows() // [[1]]
 */
export class OrdinalEncoder implements Transformer {
  readonly #options: OrdinalEncoderOptions

  /** @throws {ModelError} `invalid_option` when an option is out of its range, of another type, or unknown */
  constructor(options: OrdinalEncoderOptions = {}) {
    checkMembers(options, optionNames, 'OrdinalEncoder')
    checkCategoriesOption(options.categories)
    const { handleUnknown = 'error', encodedMissingValue = Number.NaN } = options
    checkWord('handleUnknown', handleUnknown, ordinalUnknown)
    checkNumber('encodedMissingValue', encodedMissingValue, isCode, 'a whole number or NaN')
    const unknownValue = options.unknownValue ?? undefined
    if (handleUnknown === 'use_encoded_value') {
      checkNumber('unknownValue', unknownValue, isCode, 'a whole number or NaN')
    } else if (unknownValue !== undefined) {
      refuseOption('unknownValue', unknownValue, 'handleUnknown "use_encoded_value" with it')
    }
    this.#options = { ...options }
  }

  /**
   * Learns the categories of each column.
   *
   * @throws {ModelError} `invalid_data` when there are no rows, or a value is not among the categories that were given;
   *   `invalid_option` when the number for unknown or missing values is that of a category
   */
  fit(X: Frame): FittedOrdinalEncoder {
    checkNotEmpty(X)
    const { handleUnknown = 'error', encodedMissingValue = Number.NaN } = this.#options
    const unknownValue = this.#options.unknownValue ?? Number.NaN
    const kinds = kindsOf(X)
    const given = categoriesFor(this.#options.categories, X.names.length)
    const columns = X.names.map((name, j) => {
      const isStrict = handleUnknown === 'error'
      const { categories } = columnCategories(X.columns[j], name, given[j], isStrict)
      if (!isStrict) checkFree('unknownValue', unknownValue, categories, name)
      if (categories.some(isMissing)) {
        checkFree('encodedMissingValue', encodedMissingValue, categories, name)
      }
      return { name, kind: kinds[j], categories }
    })
    return new FittedOrdinalEncoder({ handleUnknown, unknownValue, encodedMissingValue, columns })
  }

  /** The number of each category. @throws {ModelError} as {@link fit} does */
  fitTransform(X: Frame): Matrix {
    return this.fit(X).transform(X)
  }
}

const optionNames: readonly (keyof OrdinalEncoderOptions)[] = [
  ...(['categories', 'handleUnknown', 'unknownValue', 'encodedMissingValue'] as const),
]

const isCode = (value: number) => Number.isNaN(value) || Number.isSafeInteger(value)

function checkFree(option: string, value: number, categories: readonly Cell[], name: string): void {
  if (!(value >= 0 && value < categories.length)) return
  throw new ModelError(
    'invalid_option',
    `${option} is ${value}, the number of a category of column ${show(name)}; expected another one, such as -1`,
    { column: name, option },
  )
}
