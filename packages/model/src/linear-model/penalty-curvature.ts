import type { LogLossProblem } from './log-loss-problem.ts'

/** The penalty's curvature in the direction of parameter j of a score. */
export const penaltyOf = ({ penalty, scales, X }: LogLossProblem, j: number): number =>
  j < X.nColumns ? penalty * scales.factor[j] * scales.factor[j] : 0
