import type { Label } from '../labels.ts'
import type { Matrix } from '../matrix.ts'

/** What the likelihood says of a model at its maximum. */
export interface Information {
  /** The coefficients of each class but the first, the intercept last where there is one, for scaled columns. */
  readonly theta: Float64Array
  /** The negative Hessian of the log-likelihood there, row after row; the lower triangle is filled in. */
  readonly hessian: Float64Array
  /** The slope of the log-likelihood, which is 0 at its maximum. */
  readonly gradient: Float64Array
  /** How a column is scaled: (x - shift) · factor. */
  readonly shift: Float64Array
  readonly factor: Float64Array
  readonly classes: readonly (Label | undefined)[]
  /** The residual degrees of freedom of a linear regression. */
  readonly degrees: number | undefined
  readonly warnings: readonly string[]
}

/** Rows that are checked against a model. */
export interface InformationInput {
  readonly X: Matrix
  readonly sampleWeight: ArrayLike<number> | null | undefined
  readonly hasIntercept: boolean
}
