import type { Database } from '../schema.ts'
import { digestRows } from './digest.ts'
import { type Range, readRows } from './ranges.ts'

/** A range that is not in the target as it is in the source. */
export type Difference = {
  readonly range: Range
  /** Whether the target has nothing there at all. */
  readonly isMissing: boolean
}

/** Compares ranges of two databases and gives those that differ. */
export const findDifferences = async (
  source: Database,
  target: Database,
  ranges: readonly Range[],
  onRange: (range: Range) => void = () => {},
): Promise<Difference[]> => {
  const differences: Difference[] = []
  for (const range of ranges) {
    const there = await readRows(target, range, range.rows + 1)
    const isSame =
      there.length === range.rows &&
      (there.length === 0 ||
        digestRows(there) === digestRows(await readRows(source, range, range.rows)))
    if (!isSame) differences.push({ range, isMissing: there.length === 0 })
    onRange(range)
  }
  return differences
}
