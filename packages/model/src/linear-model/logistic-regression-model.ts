import { type Calibration, calibrate } from '../calibration/calibration.ts'
import { ModelError } from '../errors.ts'
import { encodeLabels, type Label } from '../labels.ts'
import { checkFinite, Matrix, type Rows, toMatrix } from '../matrix.ts'
import { formatOf, type LogisticRegressionJSON } from '../persistence/model-format.ts'
import { checkParameters } from '../persistence/read-parameters.ts'
import { show } from '../validation/show.ts'
import type { FitReport, ModelParameters } from './model-parameters.ts'
import { oneVsRest, oneVsRestProbabilities } from './one-vs-rest.ts'
import {
  binaryProbabilities,
  scoresOf,
  softmaxProbabilities,
  toProbabilities,
} from './probabilities.ts'

const numbered = (count: number) => Array.from({ length: count }, (_, j) => `x${j}`)

/** Minus zero becomes zero: no prediction depends on its sign, and JSON does not keep it. */
const withoutMinusZero = (values: readonly number[]) => values.map((value) => value + 0)

/** Whether a row is what it should be, in as little time as can be. */
const isRow = (row: ArrayLike<number>, length: number) => {
  if (row?.length !== length) return false
  for (let j = 0; j < length; j++) if (!Number.isFinite(row[j])) return false
  return true
}

const indexOfLargest = (values: ArrayLike<number>) => {
  let largest = 0
  for (let k = 1; k < values.length; k++) if (values[k] > values[largest]) largest = k
  return largest
}

/**
 * A fitted logistic regression. It is made by `LogisticRegression.fit` or read by `modelFromJSON`,
 * and never changes.
 *
 * @example
 * const model = new LogisticRegression().fit([[0], [1], [2], [3]], ['no', 'no', 'yes', 'yes'])
 * model.predict([[2.5]]) // ['yes']
 */
export class LogisticRegressionModel<L extends Label = Label> {
  /** The labels, in ascending order: the order of the probabilities. */
  readonly classes: readonly L[]
  /** Weights: one row for two classes (for the second of them), else one row a class. */
  readonly coef: readonly (readonly number[])[]
  /** One number for each row of `coef`. */
  readonly intercept: readonly number[]
  /** One name a column; `x0`, `x1`, … where none were given. */
  readonly featureNames: readonly string[]
  /** How the fit ended, also to be had one by one (`converged`, `nIter`, …); undefined for a model
   * that was fitted elsewhere. */
  readonly fit: FitReport | undefined
  /** How the scores of more than two classes become probabilities: by softmax, which is what a fit
   * is made for, or `'ovr'`, the sigmoid of each divided by the sum: models from elsewhere. */
  readonly multiClass: 'multinomial' | 'ovr'
  /** What makes probabilities of the scores instead, where the model was calibrated. */
  readonly calibration: Calibration | undefined
  /** From this probability of the second of two classes on, that class is predicted; undefined for the likelier one. */
  readonly threshold: number | undefined
  readonly #weights: Float64Array

  /** @throws {ModelError} `invalid_model` when the parts do not fit together, or a weight is no finite number */
  constructor(parameters: ModelParameters<L>) {
    checkParameters(parameters)
    this.classes = parameters.classes
    this.coef = parameters.coef.map(withoutMinusZero)
    this.intercept = withoutMinusZero(parameters.intercept)
    this.featureNames = parameters.featureNames ?? numbered(this.coef[0]?.length ?? 0)
    this.fit = parameters.fit
    this.multiClass =
      this.classes.length > 2 ? (parameters.multiClass ?? 'multinomial') : 'multinomial'
    this.calibration = parameters.calibration
    this.threshold = parameters.threshold
    this.#weights = Float64Array.from(this.coef.flatMap((row, k) => [...row, this.intercept[k]]))
  }

  /** Whether the fit reached the minimum. */
  get converged(): boolean | undefined {
    return this.fit?.converged
  }

  /** Steps that the fit took. */
  get nIter(): number | undefined {
    return this.fit?.nIter
  }

  /** See {@link FitReport}. */
  get gradientNorm(): number | undefined {
    return this.fit?.gradientNorm
  }

  /** See {@link FitReport}. */
  get objective(): number | undefined {
    return this.fit?.objective
  }

  /**
   * Probabilities of one row, in the order of `classes`; they sum to 1. This is the fast way for one row.
   *
   * @param row as many finite numbers as there are features
   * @throws {ModelError} `invalid_data` as `predictProba` does
   */
  predictProbaOne(row: ArrayLike<number>): number[] {
    if (!isRow(row, this.featureNames.length)) checkFinite(this.#check([row]))
    const scores = new Array<number>(this.intercept.length)
    scoresOf(this.#weights, row, 0, scores)
    if (this.calibration !== undefined) return calibrate(this.calibration, scores)
    return this.multiClass === 'ovr' ? oneVsRest(scores) : toProbabilities(scores)
  }

  /**
   * Probabilities: for each row as many as there are classes, in their order, summing to 1. Rows give
   * rows, a {@link Matrix} gives a Matrix.
   *
   * @throws {ModelError} `invalid_data` when a row has another number of columns, or a value that is
   *   no finite number
   */
  predictProba(X: Matrix): Matrix
  predictProba(X: Rows): number[][]
  predictProba(X: Rows | Matrix): number[][] | Matrix {
    const matrix = this.#check(X)
    const { nRows } = matrix
    const nClasses = this.classes.length
    const probabilities = new Float64Array(nRows * nClasses)
    if (nRows === 0) return X instanceof Matrix ? new Matrix(probabilities, 0, nClasses) : []
    if (this.calibration !== undefined) {
      checkFinite(matrix)
      for (const [i, scores] of this.#scores(matrix).entries()) {
        probabilities.set(calibrate(this.calibration, scores), i * nClasses)
      }
    } else if (nClasses === 2) binaryProbabilities(this.#weights, matrix, probabilities)
    else if (this.multiClass === 'ovr') oneVsRestProbabilities(this.#weights, matrix, probabilities)
    else softmaxProbabilities(this.#weights, matrix, probabilities)
    const result = new Matrix(probabilities, nRows, nClasses)
    return X instanceof Matrix ? result : result.toRows()
  }

  /**
   * The scores from which the probabilities are made: for two classes one number a row (the log-odds
   * of the second), else one a class.
   *
   * @throws {ModelError} as `predictProba` does
   */
  decisionFunction(X: Rows | Matrix): number[] | number[][] {
    const matrix = this.#check(X)
    if (matrix.nRows > 0) checkFinite(matrix)
    const rows = this.#scores(matrix)
    return this.classes.length === 2 ? rows.map(([score]) => score) : rows
  }

  /**
   * The most probable class of each row; of equally probable ones the first. With a {@link threshold}, the second of two
   * classes where its probability is at least that.
   *
   * @throws {ModelError} as `predictProba` does
   */
  predict(X: Rows | Matrix): L[] {
    const probabilities = this.predictProba(toMatrix(X))
    return Array.from({ length: probabilities.nRows }, (_, i) => {
      const row = probabilities.row(i)
      if (this.threshold !== undefined) return this.classes[row[1] >= this.threshold ? 1 : 0]
      return this.classes[indexOfLargest(row)]
    })
  }

  /**
   * The share of rows whose most probable class is the one in `y`: from 0 to 1.
   *
   * @throws {ModelError} as `predictProba` does, and when `y` has not one label for each row, is empty, or has
   *   numbers where the classes are text, or text where they are numbers
   */
  score(X: Rows | Matrix, y: ArrayLike<L>): number {
    const predicted = this.predict(X)
    const { classes } = encodeLabels(y)
    if (typeof classes[0] !== typeof this.classes[0]) {
      throw new ModelError(
        'invalid_data',
        `y has labels such as ${show(y[0])}, and the model classes such as ${show(this.classes[0])}; expected one kind of label`,
      )
    }
    if (y.length !== predicted.length) {
      throw new ModelError(
        'invalid_data',
        `y has ${y.length} labels; expected one for each of ${predicted.length} rows`,
      )
    }
    return predicted.filter((label, i) => label === y[i]).length / predicted.length
  }

  /**
   * The same model with another threshold: it changes which class is predicted, and no probability.
   *
   * @param threshold a probability of the second class, or undefined for none
   * @throws {ModelError} `invalid_model` when it is no number from 0 to 1, or there are more than two classes
   */
  withThreshold(threshold: number | undefined): LogisticRegressionModel<L> {
    return new LogisticRegressionModel({ ...this, threshold })
  }

  /**
   * The same model with probabilities that are made of its scores by a calibration.
   *
   * @param calibration what `fitCalibration` found, or undefined for none
   * @throws {ModelError} `invalid_model` when it does not go with the classes
   */
  withCalibration(calibration: Calibration | undefined): LogisticRegressionModel<L> {
    return new LogisticRegressionModel({ ...this, calibration })
  }

  /** The model as JSON can carry it, every double exactly; `modelFromJSON` reads it back. */
  toJSON(): LogisticRegressionJSON {
    return formatOf(this)
  }

  #scores(matrix: Matrix): number[][] {
    return Array.from({ length: matrix.nRows }, (_, i) => {
      const scores = new Array<number>(this.intercept.length)
      scoresOf(this.#weights, matrix.data, i * matrix.nColumns, scores)
      return scores
    })
  }

  #check(X: Rows | Matrix): Matrix {
    const matrix = toMatrix(X)
    if (matrix.nRows > 0 && matrix.nColumns !== this.featureNames.length) {
      throw new ModelError(
        'invalid_data',
        `X has ${matrix.nColumns} columns; expected ${this.featureNames.length}: ${this.featureNames.join(', ')}`,
      )
    }
    return matrix
  }
}
