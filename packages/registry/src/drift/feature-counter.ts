import type { Cell } from '@dsapi/inference'
import {
  createStabilityCounter,
  type PopulationStability,
  type StabilityBin,
  stabilityOfCounts,
} from '@dsapi/model'

type Shares = { readonly expectedShare: number; readonly actualShare: number }

/** How far the values of a feature have moved: by bins of numbers, by texts, and by whether they are missing. */
export type CellStability = Omit<PopulationStability, 'bins'> & {
  /** Of the numbers; empty for a feature of text. */
  readonly bins: readonly StabilityBin[]
  /** Of the texts, the most frequent of the training data first. The last may stand for all others, without a text. */
  readonly texts?: readonly (Shares & { readonly text?: string })[]
  /** Where values are missing in either. */
  readonly missing?: Shares
}

export type FeatureCounter = {
  readonly add: (cell: Cell) => void
  readonly result: () => CellStability
}

/** Compares the values of a feature with those of the training data as they come, and keeps none of them. */
export const createFeatureCounter = (
  isText: boolean,
  expected: readonly Cell[],
): FeatureCounter => {
  const present = expected.filter((cell) => cell !== null)
  const groups = isText ? textGroups(present.map(String)) : numberGroups(present.map(Number))
  const expectedMissing = expected.length - present.length
  let [actual, actualMissing] = [0, 0]
  return {
    add: (cell) => {
      actual++
      if (cell === null) actualMissing++
      else groups.add(cell)
    },
    result: () => {
      const { expectedCounts, actualCounts } = groups.counts()
      const shares = {
        expectedShare: expectedMissing / expected.length,
        actualShare: actualMissing / actual,
      }
      return {
        ...stabilityOfCounts(
          [...expectedCounts, expectedMissing],
          [...actualCounts, actualMissing],
        ),
        ...groups.shares(expected.length, actual),
        ...(expectedMissing + actualMissing > 0 && { missing: shares }),
      }
    },
  }
}

type Groups = {
  readonly add: (cell: number | string) => void
  readonly counts: () => Readonly<Record<'expectedCounts' | 'actualCounts', readonly number[]>>
  /** Their shares among all values, those that are missing included. */
  readonly shares: (expected: number, actual: number) => Pick<CellStability, 'bins' | 'texts'>
}

const numberGroups = (expected: readonly number[]): Groups => {
  // A column in which all is missing has no bins.
  const counter = expected.length === 0 ? undefined : createStabilityCounter(expected)
  let added = 0
  const bins = () => (added === 0 ? [] : (counter?.result().bins ?? []))
  return {
    add: (cell) => {
      added++
      counter?.add(Number(cell))
    },
    counts: () =>
      bins().length === 0
        ? { expectedCounts: [expected.length, 0], actualCounts: [0, added] }
        : {
            expectedCounts: bins().map(({ expectedShare }) =>
              Math.round(expectedShare * expected.length),
            ),
            actualCounts: bins().map(({ actualShare }) => Math.round(actualShare * added)),
          },
    shares: (allExpected, allActual) => ({
      bins: bins().map(({ expectedShare, actualShare, ...bounds }) => ({
        ...bounds,
        expectedShare: (expectedShare * expected.length) / allExpected,
        actualShare: (actualShare * added) / allActual,
      })),
    }),
  }
}

/** How many texts have a share of their own. */
const mostTexts = 20

const textGroups = (expected: readonly string[]): Groups => {
  const counts = new Map<string, number>()
  for (const text of expected) counts.set(text, (counts.get(text) ?? 0) + 1)
  const texts = [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0))
  const named = texts.slice(0, mostTexts)
  const placeOf = new Map(named.map((text, place) => [text, place]))
  const expectedCounts = named.map((text) => counts.get(text) ?? 0)
  expectedCounts.push(expected.length - expectedCounts.reduce((sum, count) => sum + count, 0))
  const actualCounts = expectedCounts.map(() => 0)
  return {
    add: (cell) => {
      actualCounts[placeOf.get(String(cell)) ?? named.length]++
    },
    counts: () => ({ expectedCounts, actualCounts }),
    shares: (allExpected, allActual) => ({
      bins: [],
      texts: expectedCounts.flatMap((count, place) =>
        count + actualCounts[place] === 0
          ? []
          : [
              {
                ...(place < named.length && { text: named[place] }),
                expectedShare: count / allExpected,
                actualShare: actualCounts[place] / allActual,
              },
            ],
      ),
    }),
  }
}
