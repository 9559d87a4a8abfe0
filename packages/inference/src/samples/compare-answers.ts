import type { Label } from '@dsapi/model'
import type { Output } from '../model-info.ts'
import type { Predictions } from '../predictions.ts'
import type { ExpectedAnswer } from './samples.ts'

/** What a model answered to a row. */
export type Answer = { readonly label?: Label; readonly numbers: readonly number[] }

/** The answer to one row of many. */
export const answerOf = (predictions: Predictions, row: number): Answer => {
  if (predictions.type === 'values') {
    const { names, values } = predictions
    return { numbers: Array.from(rowOf(values, row, names.length)) }
  }
  const { classes, probabilities, predicted } = predictions
  const numbers = Array.from(rowOf(probabilities, row, classes.length))
  return { label: classes[predicted[row]], numbers }
}

const rowOf = (numbers: Float64Array, row: number, width: number) =>
  numbers.subarray(row * width, (row + 1) * width)

/**
 * Makes what compares an answer with the expected one: in how many tolerances they differ. More than 1 is too far, and
 * another label is infinitely far where no numbers are expected.
 */
export const createComparison = (
  output: Output,
  expected: readonly ExpectedAnswer[],
  tolerance: number,
): ((answer: Answer, expected: ExpectedAnswer) => number) => {
  const scales = output.type === 'classes' ? undefined : scalesOf(output.names.length, expected)
  return (answer, { label, numbers }) => {
    const isOther = label !== undefined && label !== answer.label
    if (numbers === undefined) return isOther ? Number.POSITIVE_INFINITY : 0
    let most = isOther ? 1 + Number.EPSILON : 0
    for (const [k, number] of numbers.entries()) {
      const off = Math.abs(answer.numbers[k] - number)
      const allowed = tolerance * Math.max(Math.abs(number), scales?.[k] ?? 1)
      if (off > 0) most = Math.max(most, off / allowed)
    }
    return most
  }
}

/** The size of each value: 1, or the largest of all rows where that is smaller. */
const scalesOf = (count: number, expected: readonly ExpectedAnswer[]) =>
  Array.from({ length: count }, (_, k) => {
    let largest = 0
    for (const { numbers } of expected) largest = Math.max(largest, Math.abs(numbers?.[k] ?? 0))
    return largest === 0 ? 1 : Math.min(1, largest)
  })

/** The most numbers that a message shows. */
const mostShown = 6

/** An answer in words, as far as something was expected of it. */
export const showAnswer = (
  { label, numbers = [] }: ExpectedAnswer,
  asked: ExpectedAnswer,
): string => {
  const shown = numbers.slice(0, mostShown).map((number) => Number(number.toPrecision(9)))
  const list = `${shown.join(', ')}${numbers.length > mostShown ? ', …' : ''}`
  if (asked.label === undefined) return list
  const name = `class ${JSON.stringify(label)}`
  return asked.numbers === undefined ? name : `${name} (${list})`
}
