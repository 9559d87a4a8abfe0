import { checkNotEmpty, kindsOf } from '../column-maps/fitted-columns.ts'
import type { Transformer } from '../column-maps/transformer.ts'
import { ModelError } from '../errors.ts'
import type { Cell } from '../frame/cell.ts'
import type { Frame } from '../frame/frame.ts'
import {
  checkBoolean,
  checkMembers,
  checkWord,
  refuseOption,
} from '../linear-model/check-options.ts'
import type { Matrix } from '../matrix.ts'
import { checkSteps } from '../pipeline/check-steps.ts'
import { show } from '../validation/show.ts'
import { FittedColumnTransformer, type FittedPart } from './fitted-column-transformer.ts'

/** A name, a transformer, and the names of the columns that it gets. */
export type ColumnTransformerPart = readonly [
  name: string,
  transformer: Transformer | 'passthrough' | 'drop',
  columns: readonly string[],
]

export interface ColumnTransformerOptions {
  /** What becomes of the columns that no transformer gets: left out (`'drop'`), or taken as they are
   * (`'passthrough'`), after all others; default `'drop'`. */
  readonly remainder?: 'drop' | 'passthrough' | undefined
  /** Whether names begin with the transformer's, as in `cat__sex_female`; default true. */
  readonly verboseFeatureNamesOut?: boolean | undefined
}

/**
 * Gives some columns to one transformer and some to another, and puts the results side by side.
 *
 * Source: `sklearn.compose.ColumnTransformer`, 1.2.
 *
 * @example
 * const X = new Frame({ age: [20, 40], sex: ['male', 'female'] })
 * const columns = new ColumnTransformer([
 *   ['num', new StandardScaler(), ['age']],
 *   ['cat', new OneHotEncoder(), ['sex']],
 * ]).fit(X)
 * columns.getFeatureNamesOut() // ['num__age', 'cat__sex_female', 'cat__sex_male']
 * columns.transform(X).toRows() // [[-1, 0, 1], [1, 1, 0]]
 */
export class ColumnTransformer implements Transformer {
  readonly #parts: readonly ColumnTransformerPart[]
  readonly #options: ColumnTransformerOptions

  /** @throws {ModelError} `invalid_option` when a part or an option is none, or a name is there twice */
  constructor(
    transformers: readonly ColumnTransformerPart[],
    options: ColumnTransformerOptions = {},
  ) {
    checkMembers(options, ['remainder', 'verboseFeatureNamesOut'], 'ColumnTransformer')
    checkWord('remainder', options.remainder ?? 'drop', ['drop', 'passthrough'])
    checkBoolean('verboseFeatureNamesOut', options.verboseFeatureNamesOut)
    checkSteps(transformers, 'transformers', 3)
    for (const [name, transformer, columns] of transformers) checkPart(name, transformer, columns)
    this.#parts = transformers.map(([name, transformer, columns]) => [
      name,
      transformer,
      [...columns],
    ])
    this.#options = { ...options }
  }

  /**
   * Fits each transformer on its columns. The columns of the result's `featureNamesIn` are those that are used.
   *
   * @throws {ModelError} `invalid_data` when a column is missing, stays text, or a transformer refuses it; `invalid_option`
   *   when two columns of the result have the same name and `verboseFeatureNamesOut` is false
   */
  fit(X: Frame): FittedColumnTransformer {
    checkNotEmpty(X)
    const { remainder = 'drop', verboseFeatureNamesOut = true } = this.#options
    const named = new Set(this.#parts.flatMap(([, , columns]) => columns))
    for (const name of named) X.indexOf(name)
    const rest = remainder === 'drop' ? [] : X.names.filter((name) => !named.has(name))
    const parts: ColumnTransformerPart[] = [...this.#parts, ['remainder', 'passthrough', rest]]
    const fitted = parts.flatMap((part) => fitPart(part, X))
    const used = new Set(fitted.flatMap(({ columns }) => columns))
    const kinds = kindsOf(X)
    return new FittedColumnTransformer({
      input: X.names.flatMap((name, j) => (used.has(name) ? [{ name, kind: kinds[j] }] : [])),
      transformers: fitted,
      verboseFeatureNamesOut,
    })
  }

  /** The results side by side. @throws {ModelError} as {@link fit} does */
  fitTransform(X: Frame): Matrix {
    return this.fit(X).transform(X)
  }
}

/** As in scikit-learn, a transformer without columns is passed over. */
function fitPart([name, transformer, columns]: ColumnTransformerPart, X: Frame): FittedPart[] {
  if (transformer === 'drop' || columns.length === 0) return []
  if (transformer === 'passthrough') return [{ name, transformer, columns }]
  return [{ name, transformer: transformer.fit(X.select(columns)), columns }]
}

function checkPart(name: string, transformer: unknown, columns: unknown): void {
  if (name === 'remainder') refuseOption('the name of a transformer', name, 'another one')
  const isTransformer =
    typeof transformer === 'object' && transformer !== null && 'fitTransform' in transformer
  if (!isTransformer && transformer !== 'passthrough' && transformer !== 'drop') {
    refuseOption(`transformer ${show(name)}`, transformer, 'a transformer, "passthrough" or "drop"')
  }
  const isNames = Array.isArray(columns) && columns.every((column) => typeof column === 'string')
  if (!isNames) refuseOption(`the columns of ${show(name)}`, columns, 'an array of names')
  if (new Set(columns as Cell[]).size < (columns as Cell[]).length) {
    throw new ModelError('invalid_option', `the columns of ${show(name)} have a name twice`)
  }
}
