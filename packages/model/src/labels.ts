import { ModelError, type ModelErrorCode } from './errors.ts'
import { checkArrayLike } from './validation/check-numbers.ts'
import { compareCodePoints } from './validation/compare-code-points.ts'
import { show } from './validation/show.ts'

/** The name of a class. */
export type Label = number | string

/** Labels as numbers: `classes[codes[i]]` is the label of row i. */
export interface EncodedLabels<L extends Label> {
  /** Each label once, in ascending order: numbers by value, strings by code point, as NumPy sorts. */
  readonly classes: readonly L[]
  readonly codes: Uint32Array
}

/**
 * Finds the classes among some labels.
 *
 * @throws {ModelError} `invalid_data` when there is no label, or one is no finite number or string,
 *   or there are both numbers and strings.
 */
export function encodeLabels<L extends Label>(y: ArrayLike<L>, name = 'y'): EncodedLabels<L> {
  checkLabels(y, name)
  const seen = new Set<L>()
  for (let i = 0; i < y.length; i++) seen.add(y[i])
  const classes = [...seen].sort(compareLabels)
  const codeOf = new Map(classes.map((label, code) => [label, code]))
  const codes = new Uint32Array(y.length)
  for (let i = 0; i < y.length; i++) codes[i] = codeOf.get(y[i]) ?? 0
  return { classes, codes }
}

export function checkLabels(y: ArrayLike<unknown>, name: string): void {
  checkArrayLike(y, name)
  if (y.length === 0)
    throw new ModelError('invalid_data', `${name} is empty; expected a label a row`)
  const type = typeof y[0]
  for (let row = 0; row < y.length; row++) {
    const label = y[row]
    if (typeof label !== 'string' && !Number.isFinite(label)) {
      throw new ModelError(
        'invalid_data',
        `${name}[${row}] is ${show(label)}; expected a finite number or a string`,
        { row },
      )
    }
    if (typeof label !== type) {
      throw new ModelError(
        'invalid_data',
        `${name}[${row}] is a ${typeof label}, but ${name}[0] is a ${type}; expected one kind of label`,
        { row },
      )
    }
  }
}

/** A class stands beside each row that has it. */
const longestClass = 1000

/** Control characters, line and paragraph separators, and halves of surrogate pairs. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u

/**
 * Makes sure that labels can be the classes of a model: in ascending order, each once, all numbers or
 * all text, and text that JSON and a line of CSV can hold.
 *
 * @throws {ModelError} with `code`, naming the class.
 */
export function checkClasses(
  classes: readonly Label[],
  name = 'classes',
  code: ModelErrorCode = 'invalid_data',
): void {
  const refuse = (k: number, problem: string): never => {
    throw new ModelError(code, `${name}[${k}], ${show(classes[k])}, ${problem}`)
  }
  for (const [k, label] of classes.entries()) {
    if (typeof label !== typeof classes[0]) {
      refuse(k, `is a ${typeof label}, but ${name}[0] is a ${typeof classes[0]}; expected one kind`)
    }
    if (label === '') refuse(k, 'is empty; expected text')
    if (`${label}`.length > longestClass) {
      refuse(k, `is longer than ${longestClass} characters; expected a short name`)
    }
    if (typeof label === 'string' && UNPRINTABLE.test(label)) {
      refuse(k, 'has a control character, such as a line break; expected printable text')
    }
    if (k > 0 && compareLabels(classes[k - 1], label) >= 0) {
      refuse(
        k,
        `does not come after ${show(classes[k - 1])}; expected ascending order, coef and intercept with it`,
      )
    }
  }
}

function compareLabels(a: Label, b: Label): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : compareCodePoints(`${a}`, `${b}`)
}
