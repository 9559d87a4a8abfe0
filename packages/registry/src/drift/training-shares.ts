import type { Cell } from '@dsapi/inference'
import { countExpected, type ExpectedBin, type Label } from '@dsapi/model'
import { finiteBounds } from './finite-bounds.ts'
import type { TrainingCells } from './training-cells.ts'

/** A bin as JSON has it: the outer ones lack a bound. */
type StoredBin = { readonly lower?: number; readonly upper?: number; readonly count: number }

/** How the values of a feature were distributed in the training data, without any row. */
export type FeatureShares = {
  /** In how many rows it was missing. */
  readonly missing: number
  /** Of numbers, at least; empty where all are missing. */
  readonly bins?: readonly StoredBin[]
  /** Of texts: the most frequent ones with how often they occur, and how often all others do. */
  readonly texts?: readonly (readonly [text: string, count: number])[]
  readonly otherTexts?: number
}

/** What of the training data is kept with a version, to compare predictions with it later. */
export type TrainingShares = {
  readonly nRows: number
  readonly features: readonly (FeatureShares & { readonly name: string })[]
  /** How often each class occurs. */
  readonly classes?: readonly (readonly [label: Label, count: number])[]
  /** The values that a model without classes was fitted to, where they are numbers. */
  readonly values?: readonly StoredBin[]
}

/** How many texts have a share of their own. */
const mostTexts = 20

/**
 * Counts the training data of a model.
 *
 * @param features the names of the columns, with their types
 * @param isOfClasses whether the labels are classes, rather than values
 */
export const countTraining = (
  features: readonly { readonly name: string; readonly type: string }[],
  { nRows, columns, y }: TrainingCells,
  isOfClasses: boolean,
): TrainingShares => {
  return {
    nRows,
    features: features.map(({ name, type }, j) => ({
      name,
      ...countCells(type === 'text', columns[j]),
    })),
    ...countLabels(y, isOfClasses),
  }
}

/** Counts what a model was fitted to answer. */
export const countLabels = (
  y: readonly Label[],
  isOfClasses: boolean,
): Pick<TrainingShares, 'classes' | 'values'> => {
  if (isOfClasses) return { classes: [...countEach(y)] }
  const numbers = y.filter((label) => typeof label === 'number')
  return numbers.length === 0 ? {} : { values: binsOf(numbers) }
}

/** Counts the values of one feature. */
export const countCells = (isText: boolean, cells: readonly Cell[]): FeatureShares => {
  const present = cells.filter((cell) => cell !== null)
  const missing = cells.length - present.length
  if (!isText) {
    return { missing, bins: present.length === 0 ? [] : binsOf(present.map(Number)) }
  }
  const counts = [...countEach(present.map(String))].sort(([, a], [, b]) => b - a)
  const texts = counts.slice(0, mostTexts)
  return { missing, texts, otherTexts: present.length - sumOf(texts) }
}

/** The bins as they were counted. */
export const toExpectedBins = (bins: readonly StoredBin[]): readonly ExpectedBin[] =>
  bins.map(({ lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY, count }) => ({
    ...{ lower, upper, count },
  }))

const binsOf = (numbers: readonly number[]): readonly StoredBin[] =>
  countExpected(numbers).map(({ count, ...bounds }) => ({ ...finiteBounds(bounds), count }))

const countEach = <T>(values: readonly T[]): Map<T, number> => {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

const sumOf = (counts: readonly (readonly [string, number])[]) =>
  counts.reduce((sum, [, count]) => sum + count, 0)
