import { ModelError } from '../errors.ts'
import type { Frame } from '../frame/frame.ts'
import type { Label } from '../labels.ts'
import { checkMembers } from '../linear-model/check-options.ts'
import type { Matrix, Rows } from '../matrix.ts'
import { checkArrayLike } from '../validation/check-numbers.ts'
import { checkIndices, type Split } from './split.ts'
import { countRows, takeRows } from './take-rows.ts'

/** A table in two parts. */
export interface TrainTest<X, L> {
  readonly XTrain: X
  readonly XTest: X
  readonly yTrain: L[]
  readonly yTest: L[]
}

/**
 * Copies the two parts of a split out of a table; with the splits of k folds, cross-validation.
 *
 * @throws {ModelError} `invalid_data` when X and y differ in length.
 *
 * @example
 * const scores = stratifiedKFold(y).map((split) => {
 *   const { XTrain, yTrain, XTest, yTest } = takeSplit(X, y, split)
 *   return new LogisticRegression().fit(XTrain, yTrain).score(XTest, yTest)
 * })
 */
export function takeSplit<L extends Label>(
  X: Matrix,
  y: readonly L[],
  split: Split,
): TrainTest<Matrix, L>
export function takeSplit<L extends Label>(
  X: Rows,
  y: readonly L[],
  split: Split,
): TrainTest<number[][], L>
export function takeSplit<L extends Label>(
  X: Frame,
  y: readonly L[],
  split: Split,
): TrainTest<Frame, L>
export function takeSplit<L extends Label>(
  X: Rows | Matrix | Frame,
  y: readonly L[],
  split: Split,
): TrainTest<number[][] | Matrix | Frame, L>
export function takeSplit<L extends Label>(
  X: Rows | Matrix | Frame,
  y: readonly L[],
  split: Split,
): TrainTest<number[][] | Matrix | Frame, L> {
  checkArrayLike(y, 'y')
  if (countRows(X) !== y.length) {
    throw new ModelError(
      'invalid_data',
      `X has ${countRows(X)} rows and y ${y.length}; expected as many`,
    )
  }
  checkMembers(split, ['train', 'test'], 'a split')
  const { train, test } = split
  checkIndices(train, 'train', y.length)
  checkIndices(test, 'test', y.length)
  return {
    XTrain: takeRows(X, train),
    XTest: takeRows(X, test),
    yTrain: Array.from(train, (row) => y[row]),
    yTest: Array.from(test, (row) => y[row]),
  }
}
