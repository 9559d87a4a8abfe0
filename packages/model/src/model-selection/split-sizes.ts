import { ModelError } from '../errors.ts'
import { show } from '../validation/show.ts'

/** How rows are divided: each a share in (0, 1), rounded, or from 1 on a number of rows. */
export interface SplitSizes {
  /** Rows for testing; default: what `trainSize` leaves, or else 0.25. Shares are rounded up. */
  readonly testSize?: number | null | undefined
  /** Rows for training; default: what `testSize` leaves. Shares are rounded down. */
  readonly trainSize?: number | null | undefined
}

/**
 * The numbers of rows to train and to test on.
 *
 * @throws {ModelError} `invalid_option` when one is not in range, or would be none, or both together
 *   are more than there are.
 */
export function splitSizes(nRows: number, sizes: SplitSizes): { nTrain: number; nTest: number } {
  const trainSize = sizes.trainSize ?? undefined
  const testSize = sizes.testSize ?? (trainSize === undefined ? 0.25 : undefined)
  const test = testSize === undefined ? undefined : countOf('testSize', testSize, nRows, Math.ceil)
  const train =
    trainSize === undefined
      ? nRows - (test ?? 0)
      : countOf('trainSize', trainSize, nRows, Math.floor)
  const nTest = test ?? nRows - train
  if (train < 1 || nTest < 1 || train + nTest > nRows) {
    throw new ModelError(
      'invalid_option',
      `${train} rows to train on and ${nTest} to test on; expected at least one of each and at most ${nRows} together: change testSize or trainSize`,
    )
  }
  return { nTrain: train, nTest }
}

function countOf(
  name: keyof SplitSizes,
  size: number,
  nRows: number,
  round: (share: number) => number,
): number {
  if (typeof size === 'number' && size > 0 && size < 1) return round(size * nRows)
  if (Number.isInteger(size) && size >= 1 && size < nRows) return size
  throw new ModelError(
    'invalid_option',
    `${name} is ${show(size)}; expected a share between 0 and 1, or from 1 to ${nRows - 1} rows`,
  )
}
