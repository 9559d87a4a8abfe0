import { checkNotEmpty, kindsOf } from '../column-maps/fitted-columns.ts'
import type { Transformer } from '../column-maps/transformer.ts'
import { ModelError } from '../errors.ts'
import { isMissing, kindOf } from '../frame/cell.ts'
import type { Column, Frame } from '../frame/frame.ts'
import { MISSING, TextColumn } from '../frame/text-column.ts'
import {
  checkBoolean,
  checkMembers,
  checkWord,
  refuseOption,
} from '../linear-model/check-options.ts'
import { show } from '../validation/show.ts'
import { columnStatistic, type ImputerStrategy } from './column-statistic.ts'
import { FittedSimpleImputer } from './fitted-simple-imputer.ts'

export interface SimpleImputerOptions {
  /** What missing values become: the `'mean'` or `'median'` of the column, its `'most_frequent'` value, or a
   * `'constant'`; default `'mean'`. */
  readonly strategy?: ImputerStrategy | undefined
  /** The constant; default 0 for numbers, `'missing_value'` for texts. */
  readonly fillValue?: number | string | null | undefined
  /** Whether each column with missing values in the fit gets another one that is 1 where a value was missing; default
   * false. */
  readonly addIndicator?: boolean | undefined
}

/**
 * Fills missing values by one value a column. A column without any value in the fit is left out, unless the strategy is
 * `'constant'`. Of equally frequent values the smallest is taken.
 *
 * Source: `sklearn.impute.SimpleImputer`, 1.2.
 *
 * @example
 * const imputer = new SimpleImputer({ strategy: 'median' }).fit(new Frame({ age: [20, null, 30, 70] }))
 * imputer.transform(new Frame({ age: [null] })).column('age') // [30]
 */
export class SimpleImputer implements Transformer {
  readonly #options: SimpleImputerOptions

  /** @throws {ModelError} `invalid_option` when an option is of another type, or unknown */
  constructor(options: SimpleImputerOptions = {}) {
    checkMembers(options, ['strategy', 'fillValue', 'addIndicator'], 'SimpleImputer')
    const { strategy = 'mean', fillValue } = options
    checkWord('strategy', strategy, ['mean', 'median', 'most_frequent', 'constant'])
    checkBoolean('addIndicator', options.addIndicator)
    const isFill =
      fillValue === undefined || typeof fillValue === 'string' || Number.isFinite(fillValue ?? 0)
    if (!isFill) refuseOption('fillValue', fillValue, 'a finite number or text')
    this.#options = { ...options, strategy }
  }

  /**
   * Learns what fills each column.
   *
   * @throws {ModelError} `invalid_data` when there are no rows, or a column has texts where the strategy is for numbers
   */
  fit(X: Frame): FittedSimpleImputer {
    checkNotEmpty(X)
    const { strategy = 'mean', addIndicator = false } = this.#options
    const kinds = kindsOf(X)
    return new FittedSimpleImputer({
      strategy,
      columns: X.names.map((name, j) => ({
        name,
        kind: kinds[j],
        fill: this.#fillOf(X.columns[j], name, strategy),
        hasIndicator: addIndicator && hasMissing(X.columns[j]),
      })),
    })
  }

  /** The table with its missing values filled. @throws {ModelError} as {@link fit} does */
  fitTransform(X: Frame): Frame {
    return this.fit(X).transform(X)
  }

  #fillOf(column: Column, name: string, strategy: ImputerStrategy): number | string | null {
    if (strategy !== 'constant') return columnStatistic(column, name, strategy)
    const kind = kindOf(column)
    const fill = this.#options.fillValue ?? (kind === 'number' ? 0 : 'missing_value')
    // pandas takes a number into a column of texts; here it would be a text of another kind than the rest.
    if (typeof fill === (kind === 'number' ? 'number' : 'string')) return fill
    throw new ModelError(
      'invalid_option',
      `fillValue is ${show(fill)}, and column ${show(name)} has ${kind}s; expected one of their kind`,
      { column: name, option: 'fillValue' },
    )
  }
}

function hasMissing(column: Column): boolean {
  return column instanceof TextColumn ? column.codes.includes(MISSING) : column.some(isMissing)
}
