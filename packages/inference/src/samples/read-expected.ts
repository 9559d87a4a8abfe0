import type { Label } from '@dsapi/model'
import { isRecord } from '../is-record.ts'
import type { Output } from '../model-info.ts'
import { shorten } from '../protocols/shorten.ts'
import type { ExpectedAnswer } from './samples.ts'

/** Reads what is expected of one row, or says in words what is wrong with it. */
export type ReadExpected = (given: unknown) => ExpectedAnswer | string

/**
 * Makes what reads expected answers: as the API answers, or a label, a value, or the numbers of a row alone.
 *
 * @param all those of all rows. Of a model of two classes, numbers that are no labels are the probabilities of the
 *   second one: XGBoost's and LightGBM's `predict` gives these
 */
export const createExpectedReader = (output: Output, all: readonly unknown[]): ReadExpected => {
  if (output.type === 'values') return (given) => readValues(output.names, given)
  const { classes } = output
  const areOfSecond =
    classes.length === 2 &&
    all.every((given) => typeof given === 'number' && given >= 0 && given <= 1) &&
    all.some((given) => findLabel(classes, given) === undefined)
  return (given) => (areOfSecond ? ofSecond(Number(given)) : readClass(classes, given))
}

const ofSecond = (probability: number): ExpectedAnswer => ({
  numbers: [1 - probability, probability],
})

const readClass = (classes: readonly Label[], given: unknown): ExpectedAnswer | string => {
  if (Array.isArray(given)) return readNumbers(given, classes.length, 'classes')
  if (!isRecord(given)) return readLabel(classes, given)
  const { class: label, class_probabilities: probabilities } = given
  const numbers =
    probabilities === undefined ? {} : readNumbers(probabilities, classes.length, 'classes')
  if (typeof numbers === 'string') return numbers
  if (label === undefined) {
    return numbers.numbers === undefined ? 'has neither class nor class_probabilities' : numbers
  }
  const read = readLabel(classes, label)
  return typeof read === 'string' ? read : { ...read, ...numbers }
}

const readLabel = (classes: readonly Label[], given: unknown): ExpectedAnswer | string => {
  const label = findLabel(classes, given)
  if (label !== undefined) return { label }
  const known = classes.slice(0, 10).map((label) => JSON.stringify(label))
  return `is ${show(given)}, and the classes are ${known.join(', ')}${classes.length > 10 ? ', …' : ''}`
}

/** CSV has texts alone. */
const findLabel = (classes: readonly Label[], given: unknown): Label | undefined =>
  typeof given === 'string' || typeof given === 'number'
    ? (classes.find((label) => label === given) ??
      classes.find((label) => String(label) === String(given)))
    : undefined

const readValues = (names: readonly string[], given: unknown): ExpectedAnswer | string => {
  if (Array.isArray(given)) return readNumbers(given, names.length, 'values')
  if (!isRecord(given)) return readNumbers([given], names.length, 'values')
  if (given.value !== undefined) return readNumbers([given.value], names.length, 'values')
  const { values } = given
  if (!isRecord(values)) return 'has neither value nor values'
  return readNumbers(
    names.map((name) => (Object.hasOwn(values, name) ? values[name] : undefined)),
    names.length,
    'values',
  )
}

const readNumbers = (given: unknown, count: number, what: string): ExpectedAnswer | string => {
  if (!Array.isArray(given)) return `has ${show(given)} where an array of numbers was expected`
  if (given.length !== count)
    return `has ${given.length} numbers, but the model has ${count} ${what}`
  const wrong = given.findIndex((number) => !Number.isFinite(number))
  return wrong < 0 ? { numbers: given } : `has ${show(given[wrong])} where a number was expected`
}

const show = (given: unknown) => shorten(JSON.stringify(given) ?? 'nothing')
