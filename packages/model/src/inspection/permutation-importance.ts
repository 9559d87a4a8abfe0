import { ModelError } from '../errors.ts'
import { Frame } from '../frame/frame.ts'
import { takeFrameRows } from '../frame/take-frame-rows.ts'
import type { Label } from '../labels.ts'
import {
  checkCount,
  checkMembers,
  checkNumber,
  refuseOption,
} from '../linear-model/check-options.ts'
import { Matrix, type Rows, toMatrix } from '../matrix.ts'
import { type RandomSource, RandomState } from '../random/random-state.ts'
import { checkArrayLike } from '../validation/check-numbers.ts'

export interface PermutationImportanceOptions {
  /** How often each column is shuffled; default 5. */
  readonly nRepeats?: number | undefined
  /** The seed, or the generator to draw from. */
  readonly randomState?: RandomSource | null | undefined
}

/** How much of the score of a model depends on a column. */
export interface ColumnImportance {
  /** Its name, or its place. */
  readonly column: string | number
  /** The score, less the score with the column shuffled: the mean over the repeats. */
  readonly mean: number
  /** The standard deviation over the repeats. */
  readonly deviation: number
  readonly importances: readonly number[]
}

/** Anything that is scored: a model, or a fitted pipeline. Which table and labels it takes, its own `score` checks. */
interface Scored {
  score(X: never, y: never): number
}

/**
 * How much worse a model becomes when the values of one column are shuffled among the rows: for each column, in the order of
 * the table. The rows should be others than those of the fit. The score is the model's own: accuracy, or R².
 *
 * @param X rows or a Matrix for a model, a Frame for a pipeline
 * @throws {ModelError} as the model's `score` does; `invalid_option` for an unknown option or a wrong number of repeats
 *
 * Source: `sklearn.inspection.permutation_importance`, 1.2, with the same draws; L. Breiman, "Random forests", Machine
 * Learning 45, 2001.
 *
 * @example
 * permutationImportance(model, XTest, yTest, { nRepeats: 10, randomState: 0 })[0].mean
 */
export function permutationImportance(
  model: Scored,
  X: Rows | Matrix | Frame,
  y: ArrayLike<Label>,
  options: PermutationImportanceOptions = {},
): ColumnImportance[] {
  checkMembers(options, ['nRepeats', 'randomState'], 'permutationImportance')
  const { nRepeats = 5, randomState } = options
  checkCount('nRepeats', nRepeats)
  checkNumber('nRepeats', nRepeats, (n) => n >= 1 && n <= 1e6, 'an integer from 1 to 1000000')
  if (typeof model?.score !== 'function') refuseOption('model', model, 'a fitted model')
  checkArrayLike(y, 'y')
  const table = X instanceof Frame ? X : toMatrix(X)
  const scoreOf = (shuffled: Frame | Matrix) => model.score(shuffled as never, y as never)
  const baseline = scoreOf(table)
  if (table.nRows !== y.length) {
    throw new ModelError('invalid_data', `y has ${y.length} labels; expected ${table.nRows}`)
  }
  const seed = RandomState.from(randomState).randint(2 ** 31)
  const names =
    table instanceof Frame ? table.names : Array.from({ length: table.nColumns }, (_, j) => j)
  return names.map((column, j) => {
    const random = new RandomState(seed)
    const order = Uint32Array.from({ length: table.nRows }, (_, row) => row)
    // What is shuffled is the column as it was left by the repeat before, in an order that is shuffled once more.
    let places = order.slice()
    const importances = Array.from({ length: nRepeats }, () => {
      random.shuffle(order)
      const before = places
      places = order.map((row) => before[row])
      return baseline - scoreOf(withColumn(table, j, places))
    })
    const mean = importances.reduce((sum, value) => sum + value / nRepeats, 0)
    const square = importances.reduce((sum, value) => sum + (value - mean) ** 2 / nRepeats, 0)
    return { column, mean, deviation: Math.sqrt(square), importances }
  })
}

/** The table with the values of one column taken from other rows. */
function withColumn(table: Frame | Matrix, j: number, places: Uint32Array): Frame | Matrix {
  if (table instanceof Frame) {
    const shuffled = takeFrameRows(table.select([table.names[j]]), places).columns[0]
    const columns = table.columns.map((column, k) => (k === j ? shuffled : column))
    return new Frame(table.names.map((name, k) => [name, columns[k]] as const))
  }
  const { data, nRows, nColumns } = table
  const copy = data.slice()
  for (let i = 0; i < nRows; i++) copy[i * nColumns + j] = data[places[i] * nColumns + j]
  return new Matrix(copy, nRows, nColumns)
}
