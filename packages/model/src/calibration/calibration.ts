import { ModelError } from '../errors.ts'
import { encodeLabels, type Label } from '../labels.ts'
import { checkMembers, checkWord } from '../linear-model/check-options.ts'
import { checkSampleWeight } from '../linear-model/class-weights.ts'
import { checkFinite, Matrix, type Rows, toMatrix } from '../matrix.ts'
import { checkPairs } from '../metrics/check-pairs.ts'
import { toFiniteNumbers } from '../validation/check-numbers.ts'
import { show } from '../validation/show.ts'
import { fitIsotonic, type IsotonicPoints, interpolate } from './isotonic-regression.ts'
import { fitSigmoid, type Sigmoid } from './sigmoid-calibration.ts'

/** What makes a probability of a score. */
export type Calibrator =
  | ({ readonly method: 'sigmoid' } & Sigmoid)
  | ({ readonly method: 'isotonic' } & IsotonicPoints)

/** For two classes one calibrator, for the second; else one a class. */
export type Calibration = readonly Calibrator[]

export interface CalibrationFitOptions {
  /** `'sigmoid'` (default), Platt's scaling; or `'isotonic'`, for a thousand rows or more. */
  readonly method?: 'sigmoid' | 'isotonic' | undefined
  /** The classes of the model, in ascending order; default: those of `y`. */
  readonly classes?: readonly Label[] | undefined
  /** A weight of at least 0 for each row. */
  readonly sampleWeight?: ArrayLike<number> | null | undefined
}

/**
 * Finds what makes well calibrated probabilities of a model's scores. The rows have to be others than those of the fit:
 * `CalibratedClassifierCV` takes care of that.
 *
 * @param scores what `decisionFunction` gives: a number for each row for two classes, else one a class
 * @throws {ModelError} `invalid_data` when labels and scores do not fit together, or a class has no row;
 *   `invalid_option` for an unknown method
 *
 * @example
 * const calibration = fitCalibration(model.decisionFunction(XOther), yOther, { method: 'isotonic' })
 * model.withCalibration(calibration).predictProba(X)
 */
export function fitCalibration(
  scores: ArrayLike<number> | Rows | Matrix,
  y: readonly Label[],
  options: CalibrationFitOptions = {},
): Calibration {
  checkMembers(options, ['method', 'classes', 'sampleWeight'], 'fitCalibration')
  const { method = 'sigmoid', sampleWeight } = options
  checkWord('method', method, ['sigmoid', 'isotonic'])
  const found = encodeLabels(y).classes
  const classes = options.classes === undefined ? found : encodeLabels(options.classes).classes
  const table = toScores(scores)
  checkPairs(y.length, table.nRows, 'scores')
  const width = classes.length === 2 ? 1 : classes.length
  if (classes.length < 2 || table.nColumns !== width) {
    throw new ModelError(
      'invalid_data',
      `there are ${classes.length} classes and ${table.nColumns} scores a row; expected one score for two classes, or one a class`,
    )
  }
  const unknown = found.find((label) => !classes.includes(label))
  const absent = classes.find((label) => !found.includes(label))
  if (unknown !== undefined || absent !== undefined) {
    throw new ModelError(
      'invalid_data',
      `y has ${unknown === undefined ? 'no row of' : 'the unknown class'} ${show(unknown ?? absent)}; expected rows of each of ${show(classes)}`,
    )
  }
  const weights = sampleWeight ?? undefined
  if (weights !== undefined) checkSampleWeight(weights, y.length)
  return Array.from({ length: width }, (_, k) => {
    const label = classes[width === 1 ? 1 : k]
    const isPositive = Array.from(y, (given) => given === label)
    const column = Float64Array.from(y, (_, row) => table.data[row * width + k])
    if (method === 'sigmoid') return { method, ...fitSigmoid(column, isPositive, weights) }
    return { method, ...fitIsotonic(column, isPositive.map(Number), weights) }
  })
}

function toScores(scores: ArrayLike<number> | Rows | Matrix): Matrix {
  if (scores instanceof Matrix || (Array.isArray(scores) && typeof scores[0] !== 'number')) {
    const matrix = toMatrix(scores as Rows | Matrix, 'scores')
    checkFinite(matrix, 'scores')
    return matrix
  }
  const column = toFiniteNumbers(scores as ArrayLike<number>, 'scores')
  return new Matrix(column, column.length, 1)
}

/**
 * The probabilities of a row, in the order of the classes.
 *
 * Source: `sklearn.calibration._CalibratedClassifier.predict_proba`, 1.2: of more than two classes, each is calibrated
 * against all others, and the results are divided by their sum.
 */
export function calibrate(calibration: Calibration, scores: readonly number[]): number[] {
  const values = calibration.map((calibrator, k) =>
    calibrator.method === 'sigmoid'
      ? 1 / (1 + Math.exp(calibrator.a * scores[k] + calibrator.b))
      : interpolate(calibrator, scores[k]),
  )
  if (values.length === 1) return [1 - values[0], values[0]]
  const sum = values.reduce((total, value) => total + value, 0)
  return values.map((value) => (sum === 0 ? 1 / values.length : value / sum))
}
