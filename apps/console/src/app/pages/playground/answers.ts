import type { AnyPrediction } from '@dsapi/client'
import type { ModelOutput } from '../../api/types.ts'
import type { Cell } from '../../snippets/literals.ts'

/** What a model answers to a row as numbers: the probability of each class, or its values. */
export type Answer = readonly number[]

export const numbersOf = (prediction: AnyPrediction): Answer => {
  if ('class_probabilities' in prediction) return prediction.class_probabilities
  if ('value' in prediction) return [prediction.value]
  return Object.values(prediction.values).map(Number)
}

/** What the numbers of an answer are called. */
export const namesOf = (output: ModelOutput): readonly string[] =>
  output.type === 'classes' ? output.classes.map(String) : output.names

/** The place of the class that is answered: the likeliest, or the second from the threshold on. */
export const chosenOf = (output: ModelOutput, answer: Answer): number | undefined => {
  if (output.type !== 'classes') return undefined
  if (output.threshold !== undefined) return (answer[1] ?? 0) >= output.threshold ? 1 : 0
  return answer.indexOf(Math.max(...answer))
}

/** The answers of this browser to rows, unless it has no model, or the model refuses one of them. */
export const answersOf = (
  answer: ((row: readonly Cell[]) => Answer) | undefined,
  rows: readonly (readonly Cell[])[],
): readonly Answer[] | undefined => {
  try {
    return answer && rows.map(answer)
  } catch {
    return undefined
  }
}
