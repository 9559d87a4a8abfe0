import type { Calibration } from '../calibration/calibration.ts'
import type { Label } from '../labels.ts'

/** How a fit ended. */
export interface FitReport {
  /** Whether the minimum was reached. If not, the model is what the fit had come to. */
  readonly converged: boolean
  /** Steps taken. */
  readonly nIter: number
  /** The largest component of the gradient at the end, with all columns scaled to a deviation of 1; with an l1 penalty, how far
   * a component lies outside of the bounds that the penalty leaves, at most. */
  readonly gradientNorm: number
  /** C · Σ weighted log-loss + the penalty, such as ½‖coef‖², at the end. */
  readonly objective: number
}

/** What makes a model: see the fields of `LogisticRegressionModel`. */
export interface ModelParameters<L extends Label> {
  readonly classes: readonly L[]
  readonly coef: readonly (readonly number[])[]
  readonly intercept: readonly number[]
  readonly featureNames?: readonly string[] | undefined
  readonly fit?: FitReport | undefined
  readonly multiClass?: 'multinomial' | 'ovr' | undefined
  readonly calibration?: Calibration | undefined
  readonly threshold?: number | undefined
}
