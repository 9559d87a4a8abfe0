import type { EncodedMatrix } from '../encoded-matrix.ts'
import type { Matrix } from '../matrix.ts'
import type { ColumnScales } from './column-scales.ts'

/**
 * What logistic regression minimises, over one flat array of parameters: for each score (one for two
 * classes, else one a class) the weights of the scaled columns, then, if there is one, the intercept.
 *
 * f(θ) = Σᵢ sᵢ · -log pᵢ(θ) + ½ Σ (θ of column j · its factor)² · penalty
 *
 * The columns are scaled while they are read, (x - shift) · factor, so no scaled copy of the table is
 * made. The penalty is on the weights of the unscaled columns, so scaling changes nothing but how
 * fast the minimum is found.
 */
export interface LogLossProblem {
  readonly X: Matrix | EncodedMatrix
  /** The class of each row, from 0. */
  readonly codes: Uint32Array
  /** The weight of each row; scikit-learn's C and class weights are in it. */
  readonly rowWeights: Float64Array
  readonly nClasses: number
  readonly hasIntercept: boolean
  readonly scales: ColumnScales
  /** 1 for the L2 penalty, 0 for none. */
  readonly penalty: 0 | 1
}

/** The number of scores: classes whose probabilities have parameters of their own. */
export const countScores = ({ nClasses }: { readonly nClasses: number }): number =>
  nClasses === 2 ? 1 : nClasses

/** The parameters of one score. */
export const scoreLength = ({ X, hasIntercept }: LogLossProblem): number =>
  X.nColumns + (hasIntercept ? 1 : 0)
