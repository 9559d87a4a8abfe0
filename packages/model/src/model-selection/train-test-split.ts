import { ModelError } from '../errors.ts'
import type { Frame } from '../frame/frame.ts'
import { encodeLabels, type Label } from '../labels.ts'
import { checkBoolean, checkCount, checkMembers } from '../linear-model/check-options.ts'
import type { Matrix, Rows } from '../matrix.ts'
import { type RandomSource, RandomState } from '../random/random-state.ts'
import { checkArrayLike } from '../validation/check-numbers.ts'
import { apportion } from './apportion.ts'
import { rowsByClass, type Split } from './split.ts'
import { type SplitSizes, splitSizes } from './split-sizes.ts'
import { countRows } from './take-rows.ts'
import { type TrainTest, takeSplit } from './take-split.ts'

/** How {@link trainTestSplit} divides the rows. */
export interface TrainTestSplitOptions extends SplitSizes {
  /** Whether rows are shuffled first; default true. Without, the first rows are for training. */
  readonly shuffle?: boolean | undefined
  /** A label a row: both parts get the same share of each. */
  readonly stratify?: readonly Label[] | null | undefined
  /** The seed, or the generator to draw from. Without one, every split differs. */
  readonly randomState?: RandomSource | null | undefined
}

/**
 * Divides a table by chance into a part to train on and a part to test on.
 *
 * The same `randomState` takes the same rows, in the same order, as scikit-learn.
 *
 * @throws {ModelError} `invalid_data` when X and y differ in length; `invalid_option` when the sizes
 *   do not fit the table, or a class has too few rows to stratify.
 *
 * Source: `sklearn.model_selection.train_test_split`.
 *
 * @example
 * const { X, y } = makeClassification({ randomState: 0 })
 * const { XTrain, XTest } = trainTestSplit(X, y, { testSize: 0.2, randomState: 0 })
 * XTrain.length // 80
 * XTest.length // 20
 */
export function trainTestSplit<L extends Label>(
  X: Matrix,
  y: readonly L[],
  options?: TrainTestSplitOptions,
): TrainTest<Matrix, L>
export function trainTestSplit<L extends Label>(
  X: Rows,
  y: readonly L[],
  options?: TrainTestSplitOptions,
): TrainTest<number[][], L>
export function trainTestSplit<L extends Label>(
  X: Frame,
  y: readonly L[],
  options?: TrainTestSplitOptions,
): TrainTest<Frame, L>
export function trainTestSplit<L extends Label>(
  X: Rows | Matrix | Frame,
  y: readonly L[],
  options: TrainTestSplitOptions = {},
): TrainTest<number[][] | Matrix | Frame, L> {
  return takeSplit(X, y, trainTestIndices(countRows(X), options))
}

/**
 * Divides row numbers as {@link trainTestSplit} divides a table.
 *
 * @throws {ModelError} As {@link trainTestSplit}.
 */
export function trainTestIndices(nRows: number, options: TrainTestSplitOptions = {}): Split {
  checkCount('nRows', nRows)
  checkMembers(options, OPTIONS, 'the split')
  checkBoolean('shuffle', options.shuffle)
  const stratify = options.stratify ?? undefined
  if (stratify !== undefined) checkArrayLike(stratify, 'stratify')
  const { nTrain, nTest } = splitSizes(nRows, options)
  const random = RandomState.from(options.randomState)
  if (options.shuffle === false) {
    if (stratify !== undefined) {
      throw new ModelError('invalid_option', 'stratify needs shuffle; expected one or the other')
    }
    const rows = Uint32Array.from({ length: nTrain + nTest }, (_, row) => row)
    return { train: rows.subarray(0, nTrain), test: rows.subarray(nTrain) }
  }
  if (stratify !== undefined) {
    if (stratify.length !== nRows) {
      throw new ModelError(
        'invalid_option',
        `stratify has ${stratify.length} labels; expected one for each of ${nRows} rows`,
      )
    }
    return stratifiedIndices(stratify, nTrain, nTest, random)
  }
  const order = random.permutation(nRows)
  return { test: order.subarray(0, nTest), train: order.subarray(nTest, nTest + nTrain) }
}

const OPTIONS: readonly (keyof TrainTestSplitOptions)[] = [
  ...(['testSize', 'trainSize', 'shuffle', 'stratify', 'randomState'] as const),
]

function stratifiedIndices(
  labels: readonly Label[],
  nTrain: number,
  nTest: number,
  random: RandomState,
): Split {
  const { classes, codes } = encodeLabels(labels, 'stratify')
  const rows = rowsByClass(codes, classes.length)
  checkStrata(classes, rows, nTrain, nTest)
  const counts = rows.map((ofClass) => ofClass.length)
  const inTrain = apportion(counts, nTrain, random)
  const left = counts.map((count, k) => count - inTrain[k])
  const inTest = apportion(left, nTest, random)
  const shuffled = rows.map((ofClass) =>
    Array.from(random.permutation(ofClass.length), (i) => ofClass[i]),
  )
  const train = shuffled.flatMap((ofClass, k) => ofClass.slice(0, inTrain[k]))
  const test = shuffled.flatMap((ofClass, k) => ofClass.slice(inTrain[k], inTrain[k] + inTest[k]))
  random.shuffle(train)
  random.shuffle(test)
  return { train: Uint32Array.from(train), test: Uint32Array.from(test) }
}

function checkStrata(
  classes: readonly Label[],
  rows: readonly number[][],
  nTrain: number,
  nTest: number,
): void {
  const lonely = rows.findIndex((ofClass) => ofClass.length < 2)
  if (lonely !== -1) {
    throw new ModelError(
      'invalid_option',
      `class ${JSON.stringify(classes[lonely])} has 1 row; expected at least 2 of each to stratify`,
    )
  }
  if (Math.min(nTrain, nTest) < classes.length) {
    throw new ModelError(
      'invalid_option',
      `${nTrain} rows to train on and ${nTest} to test on; expected at least ${classes.length} of each, one a class, to stratify`,
    )
  }
}
