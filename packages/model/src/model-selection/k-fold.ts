import { ModelError } from '../errors.ts'
import { encodeLabels, type Label } from '../labels.ts'
import { checkBoolean, checkCount, checkMembers } from '../linear-model/check-options.ts'
import { type RandomSource, RandomState } from '../random/random-state.ts'
import { show } from '../validation/show.ts'
import type { Split } from './split.ts'

/** How {@link kFold} and {@link stratifiedKFold} divide the rows. */
export interface KFoldOptions {
  /** Folds; default 5, at least 2. */
  readonly nSplits?: number | undefined
  /** Whether rows are dealt in random order; default false. */
  readonly shuffle?: boolean | undefined
  /** The seed, or the generator to draw from; used only with `shuffle`. */
  readonly randomState?: RandomSource | null | undefined
}

/**
 * Divides rows into folds of equal size and leaves out one after the other for testing.
 *
 * The folds are scikit-learn's for the same `randomState`; indices ascend in each part.
 *
 * @throws {ModelError} `invalid_option` when `nSplits` is below 2 or above the number of rows.
 *
 * Source: `sklearn.model_selection.KFold`.
 *
 * @example
 * kFold(6, { nSplits: 3 }).map(({ test }) => [...test]) // [[0, 1], [2, 3], [4, 5]]
 */
export function kFold(nRows: number, options: KFoldOptions = {}): Split[] {
  checkCount('nRows', nRows)
  const nSplits = checkSplits(options, nRows, 'rows')
  const random = RandomState.from(options.randomState)
  const order = options.shuffle
    ? random.permutation(nRows)
    : Uint32Array.from({ length: nRows }, (_, row) => row)
  const foldOf = new Uint32Array(nRows)
  let start = 0
  for (let fold = 0; fold < nSplits; fold++) {
    const size = Math.floor(nRows / nSplits) + (fold < nRows % nSplits ? 1 : 0)
    for (const row of order.subarray(start, start + size)) foldOf[row] = fold
    start += size
  }
  return splitsOf(foldOf, nSplits)
}

/**
 * Divides rows into folds that each have the same share of every class.
 *
 * The folds are scikit-learn's for the same `randomState`; indices ascend in each part.
 *
 * @throws {ModelError} `invalid_option` when `nSplits` is below 2, or above the size of the largest
 *   class. A smaller class is missing from some folds.
 *
 * Source: `sklearn.model_selection.StratifiedKFold`.
 *
 * @example
 * stratifiedKFold([0, 0, 1, 1], { nSplits: 2 }).map(({ test }) => [...test]) // [[0, 2], [1, 3]]
 */
export function stratifiedKFold(y: readonly Label[], options: KFoldOptions = {}): Split[] {
  checkMembers(options, OPTIONS, 'k folds')
  const { codes, counts } = encodeInOrderOfAppearance(y)
  const largest = counts.reduce((most, count) => Math.max(most, count), 0)
  const nSplits = checkSplits(options, largest, 'rows in the largest class')
  const random = RandomState.from(options.randomState)

  // Dealing out the rows in order of class, one fold after the other, says how many of a class
  // each fold gets; which ones, the order of the rows or the lot.
  const dealt = counts.map(() => new Array<number>(nSplits).fill(0))
  let position = 0
  for (const [code, count] of counts.entries()) {
    for (let i = 0; i < count; i++) dealt[code][position++ % nSplits] += 1
  }
  const foldsOfClass = dealt.map((sizes) =>
    sizes.flatMap((size, fold) => new Array<number>(size).fill(fold)),
  )
  if (options.shuffle) for (const folds of foldsOfClass) random.shuffle(folds)

  const taken = counts.map(() => 0)
  return splitsOf(
    codes.map((code) => foldsOfClass[code][taken[code]++]),
    nSplits,
  )
}

/** Labels as numbers, 0 for the first that appears: the folds depend on that order. */
function encodeInOrderOfAppearance(y: readonly Label[]): { codes: Uint32Array; counts: number[] } {
  const { codes, classes } = encodeLabels(y)
  const rank = new Map<number, number>()
  for (const code of codes) if (!rank.has(code)) rank.set(code, rank.size)
  const counts = classes.map(() => 0)
  const ranked = codes.map((code) => rank.get(code) ?? 0)
  for (const code of ranked) counts[code] += 1
  return { codes: ranked, counts }
}

function splitsOf(foldOf: Uint32Array, nSplits: number): Split[] {
  const rows = Uint32Array.from(foldOf, (_, row) => row)
  return Array.from({ length: nSplits }, (_, fold) => ({
    train: rows.filter((row) => foldOf[row] !== fold),
    test: rows.filter((row) => foldOf[row] === fold),
  }))
}

const OPTIONS: readonly (keyof KFoldOptions)[] = ['nSplits', 'shuffle', 'randomState']

function checkSplits(options: KFoldOptions, most: number, ofWhat: string): number {
  checkMembers(options, OPTIONS, 'k folds')
  checkBoolean('shuffle', options.shuffle)
  const { nSplits = 5 } = options
  if (!Number.isInteger(nSplits) || nSplits < 2 || nSplits > most) {
    throw new ModelError(
      'invalid_option',
      `nSplits is ${show(nSplits)}; expected an integer from 2 to ${most}, the number of ${ofWhat}`,
    )
  }
  return nSplits
}
