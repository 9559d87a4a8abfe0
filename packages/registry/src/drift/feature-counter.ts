import type { Cell } from '@dsapi/inference'
import {
  type ExpectedBin,
  type PopulationStability,
  type StabilityBin,
  stabilityCounterOf,
  stabilityOfCounts,
} from '@dsapi/model'
import { type FeatureShares, toExpectedBins } from './training-shares.ts'

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
export const createFeatureCounter = ({
  missing: expectedMissing,
  bins = [],
  texts,
  otherTexts = 0,
}: FeatureShares): FeatureCounter => {
  const groups =
    texts === undefined ? numberGroups(toExpectedBins(bins)) : textGroups(texts, otherTexts)
  const expected = groups.nExpected + expectedMissing
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
        expectedShare: expectedMissing / expected,
        actualShare: actualMissing / actual,
      }
      return {
        ...stabilityOfCounts(
          [...expectedCounts, expectedMissing],
          [...actualCounts, actualMissing],
        ),
        ...groups.shares(expected, actual),
        ...(expectedMissing + actualMissing > 0 && { missing: shares }),
      }
    },
  }
}

type Groups = {
  /** How many values of the training data are not missing. */
  readonly nExpected: number
  readonly add: (cell: number | string) => void
  readonly counts: () => Readonly<Record<'expectedCounts' | 'actualCounts', readonly number[]>>
  /** Their shares among all values, those that are missing included. */
  readonly shares: (expected: number, actual: number) => Pick<CellStability, 'bins' | 'texts'>
}

const numberGroups = (expected: readonly ExpectedBin[]): Groups => {
  const nExpected = expected.reduce((sum, { count }) => sum + count, 0)
  // A column in which all is missing has no bins.
  const counter = nExpected === 0 ? undefined : stabilityCounterOf(expected)
  let added = 0
  const bins = () => (added === 0 ? [] : (counter?.result().bins ?? []))
  return {
    nExpected,
    add: (cell) => {
      added++
      counter?.add(Number(cell))
    },
    counts: () =>
      bins().length === 0
        ? { expectedCounts: [nExpected, 0], actualCounts: [0, added] }
        : {
            expectedCounts: bins().map(({ expectedShare }) =>
              Math.round(expectedShare * nExpected),
            ),
            actualCounts: bins().map(({ actualShare }) => Math.round(actualShare * added)),
          },
    shares: (allExpected, allActual) => ({
      bins: bins().map(({ expectedShare, actualShare, ...bounds }) => ({
        ...bounds,
        expectedShare: (expectedShare * nExpected) / allExpected,
        actualShare: (actualShare * added) / allActual,
      })),
    }),
  }
}

const textGroups = (texts: NonNullable<FeatureShares['texts']>, others: number): Groups => {
  const named = texts.map(([text]) => text)
  const placeOf = new Map(named.map((text, place) => [text, place]))
  const expectedCounts = [...texts.map(([, count]) => count), others]
  const actualCounts = expectedCounts.map(() => 0)
  return {
    nExpected: expectedCounts.reduce((sum, count) => sum + count, 0),
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
