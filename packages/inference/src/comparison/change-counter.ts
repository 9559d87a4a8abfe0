import type { Prediction } from '../protocols/dsapi-json/answers.ts'
import type { Row } from '../row.ts'
import type { RowAnswer } from './answer-rows.ts'
import type { Difference } from './compare-answers.ts'

/** A row that two versions answer differently. */
export type ChangedRow<Source> = {
  /** Where the row is from. */
  readonly source: Source
  readonly row: Row
  readonly before: Prediction
  readonly after: Prediction
  /** The size of the difference, as in `Difference`. */
  readonly size: number
}

/** What changes where another version answers the same rows. */
export type AnswerChanges<Source> = {
  /** The rows that were compared; those that were refused are not among them. */
  readonly rows: number
  /** The rows with another class, or a value that differs by more than 1 %. */
  readonly changed: number
  /** How many rows differ by how much: more than the bound before, and no more than `upTo`. The first bound is 0. */
  readonly differences: readonly { readonly upTo: number; readonly rows: number }[]
  /** The rows that differ most, the largest difference first. */
  readonly worst: readonly ChangedRow<Source>[]
  /** The rows that the other version does not answer. */
  readonly refused: number
  /** The first of them, and why. */
  readonly refusals: readonly { readonly source: Source; readonly problem: string }[]
}

/** Differences of probabilities are at most 1, and those of values, which may have different signs, at most 2. */
const bounds = [0, 0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2]

/** How many rows are listed. */
const mostListed = 10

type Compared<Source> = {
  readonly source: Source
  readonly row: Row
  readonly before: Prediction
  readonly after: RowAnswer
}

/** Counts what changes. It holds counts and a few rows, however many there are. */
export const createChangeCounter = <Source>(): {
  /** @param compare as `createComparison` makes it for the two versions */
  readonly add: (
    compared: Compared<Source>,
    compare: (before: Prediction, after: Prediction) => Difference,
  ) => void
  readonly result: () => AnswerChanges<Source>
} => {
  const counts = bounds.map(() => 0)
  const worst: ChangedRow<Source>[] = []
  const refusals: { readonly source: Source; readonly problem: string }[] = []
  let [rows, changed, refused] = [0, 0, 0]

  const keep = (row: ChangedRow<Source>) => {
    const place = worst.findIndex(({ size }) => size < row.size)
    if (place === -1 && worst.length >= mostListed) return
    worst.splice(place === -1 ? worst.length : place, 0, row)
    if (worst.length > mostListed) worst.pop()
  }

  return {
    add: ({ source, row, before, after }, compare) => {
      if (after.type === 'refused') {
        refused++
        if (refusals.length < mostListed) refusals.push({ source, problem: after.problem })
        return
      }
      const { agrees, size } = compare(before, after.answer)
      rows++
      if (!agrees) changed++
      counts[bounds.findIndex((bound) => size <= bound)]++
      if (size > 0) keep({ source, row, before, after: after.answer, size })
    },
    result: () => ({
      ...{ rows, changed, worst, refused, refusals },
      differences: bounds.map((upTo, k) => ({ upTo, rows: counts[k] })),
    }),
  }
}
