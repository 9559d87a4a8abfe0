import { ModelError } from '../errors.ts'
import { encodeLabels, type Label } from '../labels.ts'
import { checkFinite, type Matrix, type Rows, toMatrix } from '../matrix.ts'
import { checkArrayLike } from '../validation/check-numbers.ts'
import { show } from '../validation/show.ts'
import { checkPairs } from './check-pairs.ts'

/** True classes by their column, beside the probability of each class. */
export interface ClassProbabilities {
  readonly codes: Uint32Array
  readonly probabilities: Matrix
}

/** How far from 1 the probabilities of a row may add up. */
const TOLERANCE = 1e-6

/**
 * Brings together true labels and a row of probabilities for each, one a class.
 *
 * @param classes The class of each column; default: those of `yTrue`, in ascending order.
 * @throws {ModelError} `invalid_data`, naming the row, when shapes differ, a label is of no class,
 *   or probabilities are out of [0, 1] or do not add up to 1; `invalid_option` for fewer than two
 *   classes.
 */
export function classProbabilities(
  yTrue: readonly Label[],
  probabilities: Rows | Matrix,
  classes: readonly Label[] = encodeLabels(yTrue, 'yTrue').classes,
): ClassProbabilities {
  checkArrayLike(yTrue, 'yTrue')
  checkArrayLike(classes, 'classes')
  const different = encodeLabels(classes, 'classes').classes.length
  if (different < classes.length) {
    throw new ModelError('invalid_option', 'classes has a class twice; expected each once')
  }
  const matrix = toMatrix(probabilities, 'probabilities')
  checkPairs(yTrue.length, matrix.nRows, 'probabilities')
  if (classes.length < 2) {
    throw new ModelError(
      'invalid_option',
      `there is one class only, ${show(classes[0])}; expected all classes of the model: give classes`,
    )
  }
  if (matrix.nColumns !== classes.length) {
    throw new ModelError(
      'invalid_data',
      `probabilities has ${matrix.nColumns} columns; expected one for each of ${classes.length} classes, ${show(classes)}`,
    )
  }
  checkDistributions(matrix)
  return { codes: codesOf(yTrue, classes), probabilities: matrix }
}

function codesOf(yTrue: readonly Label[], classes: readonly Label[]): Uint32Array {
  const codeOf = new Map(classes.map((label, code) => [label, code]))
  return Uint32Array.from(yTrue, (label, row) => {
    const code = codeOf.get(label)
    if (code === undefined) {
      throw new ModelError(
        'invalid_data',
        `yTrue[${row}] is ${show(label)}; expected one of ${show(classes)}`,
        { row },
      )
    }
    return code
  })
}

function checkDistributions(matrix: Matrix): void {
  checkFinite(matrix, 'probabilities')
  for (let row = 0; row < matrix.nRows; row++) {
    const values = matrix.row(row)
    const column = values.findIndex((value) => value < 0 || value > 1)
    if (column !== -1) {
      throw new ModelError(
        'invalid_data',
        `probabilities is ${values[column]} in row ${row}, column ${column}; expected 0 to 1`,
        { row, column },
      )
    }
    const sum = values.reduce((total, value) => total + value, 0)
    if (Math.abs(sum - 1) > TOLERANCE) {
      throw new ModelError(
        'invalid_data',
        `probabilities add up to ${sum} in row ${row}; expected 1`,
        { row },
      )
    }
  }
}
