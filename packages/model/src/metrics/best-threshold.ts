import type { Label } from '../labels.ts'
import { checkMembers, checkNumber, refuseOption } from '../linear-model/check-options.ts'
import { checkProbabilities, positiveClass } from './positive-class.ts'
import { countFromScores, type ScorePoint } from './precision-recall-curve.ts'

/** What a wrong answer costs, in any unit. */
export interface MistakeCosts {
  /** Of a negative row that is taken for a positive one; default 1. */
  readonly falsePositive?: number | undefined
  /** Of a positive row that is taken for a negative one; default 1. */
  readonly falseNegative?: number | undefined
}

export interface BestThresholdOptions {
  /** What is made as large, or as small, as possible; default `'f1'`. */
  readonly by?: 'f1' | { readonly cost: MistakeCosts } | undefined
  /** The positive class; default: the greater of the two. */
  readonly positive?: Label | undefined
  /** A weight of at least 0 for each row. */
  readonly sampleWeight?: ArrayLike<number> | null | undefined
}

/** A threshold, and what it reaches. */
export interface BestThreshold {
  /** Rows with a probability of at least this are taken for positive. */
  readonly threshold: number
  /** F1, or the costs of all mistakes together. */
  readonly value: number
}

/**
 * Finds from which probability on a row had better be taken for positive, by the best F1 or the lowest cost. Of equally good
 * thresholds, the one nearest to 0.5 is taken. The rows should be others than those of the fit.
 *
 * @param probabilities the probability of the positive class for each row
 * @throws {ModelError} `invalid_data` or `invalid_option` when labels, probabilities and weights do not fit together
 *
 * @example
 * bestThreshold([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]) // { threshold: 0.35, value: 0.8 }
 */
export function bestThreshold(
  yTrue: readonly Label[],
  probabilities: ArrayLike<number>,
  options: BestThresholdOptions = {},
): BestThreshold {
  checkMembers(options, ['by', 'positive', 'sampleWeight'], 'bestThreshold')
  const { by = 'f1', positive, sampleWeight } = options
  const gainOf = by === 'f1' ? f1Of : gainByCost(by)
  checkProbabilities(positiveClass(yTrue, probabilities, positive).scores)
  const points = countFromScores(yTrue, probabilities, { positive, sampleWeight })
  const all: ScorePoint = points[0] ?? { threshold: 0.5, rows: 0, positives: 0 }
  // From a probability of 1 on, perhaps no row is positive, which is the cheapest where few are.
  const none = { threshold: 1, rows: 0, positives: 0 }
  const candidates = points.at(-1)?.threshold === 1 ? points : [...points, none]
  let best = { threshold: 0.5, value: Number.NEGATIVE_INFINITY }
  for (const point of candidates) {
    const value = gainOf(point, all)
    const { threshold } = point
    const isNearer = Math.abs(threshold - 0.5) < Math.abs(best.threshold - 0.5)
    if (value > best.value || (value === best.value && isNearer)) best = { threshold, value }
  }
  return by === 'f1' ? best : { ...best, value: 0 - best.value }
}

type Gain = (point: ScorePoint, all: ScorePoint) => number

const f1Of: Gain = ({ rows, positives }, all) =>
  rows + all.positives > 0 ? (2 * positives) / (rows + all.positives) : 0

function gainByCost(by: unknown): Gain {
  if (typeof by !== 'object' || by === null || !('cost' in by)) {
    return refuseOption('by', by, '"f1", or { cost: { falsePositive, falseNegative } }')
  }
  checkMembers(by, ['cost'], 'by')
  const costs = by.cost as MistakeCosts
  checkMembers(costs, ['falsePositive', 'falseNegative'], 'cost')
  const { falsePositive = 1, falseNegative = 1 } = costs
  for (const [name, cost] of Object.entries({ falsePositive, falseNegative })) {
    checkNumber(name, cost, (n) => n >= 0 && n < 1e100, 'a finite number of at least 0')
  }
  return ({ rows, positives }, all) =>
    -(falsePositive * (rows - positives) + falseNegative * (all.positives - positives))
}
