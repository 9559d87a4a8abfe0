import type { ClassEvaluation } from '@dsapi/client'
import type { Curve } from '../../plots/curve.ts'

type Evaluated = Pick<ClassEvaluation, 'rows' | 'points'>

/** How many rows have at least the probability of a threshold: those of the class, and those of the others. */
export type Counts = {
  readonly threshold: number
  readonly truePositives: number
  readonly falsePositives: number
  readonly falseNegatives: number
  readonly trueNegatives: number
}

/** @param all the number of rows of all classes */
const countsOf = ({ rows, points }: Evaluated, all: number): readonly Counts[] =>
  points.map(([threshold = 0, truePositives = 0, falsePositives = 0]) => ({
    ...{ threshold, truePositives, falsePositives },
    falseNegatives: rows - truePositives,
    trueNegatives: all - rows - falsePositives,
  }))

/** The counts at a threshold of whole per cent, which all evaluations have. */
export const countsAt = (
  evaluated: Evaluated,
  all: number,
  threshold: number,
): Counts | undefined =>
  countsOf(evaluated, all).findLast((counts) => counts.threshold <= threshold)

export const recallOf = ({ truePositives, falseNegatives }: Counts): number =>
  truePositives / (truePositives + falseNegatives)
export const precisionOf = ({ truePositives, falsePositives }: Counts): number =>
  truePositives / (truePositives + falsePositives)
export const specificityOf = ({ trueNegatives, falsePositives }: Counts): number =>
  trueNegatives / (trueNegatives + falsePositives)

/** The share of the class that is found, over the share of the others that is taken for it. */
export const rocCurve = (name: string, evaluated: Evaluated, all: number): Curve => ({
  name,
  points: [
    [0, 0],
    ...countsOf(evaluated, all)
      .map((counts) => [1 - specificityOf(counts), recallOf(counts)] as const)
      .reverse(),
  ],
})

/** The share of the class among what is taken for it, over the share of the class that is found. */
export const precisionCurve = (name: string, evaluated: Evaluated, all: number): Curve => ({
  name,
  points: countsOf(evaluated, all)
    .map((counts) => [recallOf(counts), precisionOf(counts)] as const)
    .reverse(),
})

export const calibrationCurve = (
  name: string,
  { calibration }: Pick<ClassEvaluation, 'calibration'>,
): Curve => ({
  name,
  points: calibration.map((bin) => [bin.mean_probability, bin.positive_share]),
})

/** Counts in equal bins from 0 to 1, as shares of all and with the outline of bars. */
export const stepCurve = (name: string, counts: readonly number[]): Curve => {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const { length } = counts
  return {
    name,
    points: counts.flatMap((count, bin) => [
      [bin / length, count / total] as const,
      [(bin + 1) / length, count / total] as const,
    ]),
  }
}
