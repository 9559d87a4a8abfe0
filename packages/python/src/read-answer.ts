import { type Output, type Predictions, predictClasses } from '@dsapi/inference'
import type { Frame } from './frames.ts'

/**
 * Reads the answer of the runner to a batch. The numbers of its rows are followed by the places of their classes, where
 * these are not the most probable ones.
 *
 * @throws Error when the model's code failed
 */
export const readAnswer = ({ head, numbers }: Frame, output: Output): Predictions => {
  if (head.op !== 'answer') throw new Error(String(head.message))
  const nRows = Number(head.rows)
  if (output.type === 'values') {
    return { type: 'values', nRows, names: output.names, values: numbers }
  }
  const { classes } = output
  if (head.places !== true) return predictClasses(classes, numbers)
  const probabilities = numbers.slice(0, nRows * classes.length)
  const predicted = Uint32Array.from(numbers.subarray(nRows * classes.length))
  return { type: 'classes', nRows, classes, probabilities, predicted }
}
