import type { ModelInfo } from '../model-info.ts'
import type { Predictions } from '../predictions.ts'
import { writeCell } from '../protocols/csv/write-cell.ts'

/**
 * The first line of a batch's result: a row's number (from 1), its class, the probability of each class, and, where it
 * could not be scored, why. In the place of the classes, a model without them has its value, or its values by their names.
 */
export const resultHeader = ({ output }: ModelInfo): string =>
  [
    'row',
    ...(output.type === 'classes'
      ? ['class', ...output.classes.map((label) => `probability_${label}`)]
      : valueColumns(output.names)),
    'error',
  ]
    .map(writeCell)
    .join(',')

const valueColumns = (names: readonly string[]) => (names.length === 1 ? ['value'] : names)

/** Writes lines of a result. */
export type ResultWriter = {
  /** The line of a row that was scored, which has a place among some predictions. */
  readonly scored: (number: number, predictions: Predictions, place: number) => string
  /** The line of a row that could not be scored. */
  readonly failed: (number: number, why: string) => string
}

/** Makes what writes the lines of a batch's result. */
export const createResultWriter = ({ output }: ModelInfo): ResultWriter => {
  const labels =
    output.type === 'classes' ? output.classes.map((label) => writeCell(String(label))) : []
  const columns = output.type === 'classes' ? 1 + labels.length : output.names.length
  const noAnswer = ','.repeat(columns + 1)
  return {
    scored: (number, predictions, place) =>
      predictions.type === 'classes'
        ? `${number},${labels[predictions.predicted[place]]},${rowOf(predictions.probabilities, place, labels.length)},\n`
        : `${number},${rowOf(predictions.values, place, columns)},\n`,
    failed: (number, why) => `${number}${noAnswer}${writeCell(why)}\n`,
  }
}

/** The numbers of a row, with commas between them, as JSON writes them. */
const rowOf = (numbers: Float64Array, row: number, width: number): string => {
  const first = row * width
  let text = String(numbers[first])
  for (let at = first + 1; at < first + width; at++) text += `,${numbers[at]}`
  return text
}
