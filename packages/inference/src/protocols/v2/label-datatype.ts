import type { ClassPredictions } from '../../predictions.ts'

type Labels = ClassPredictions['classes']

/** The type in which a model answers with its classes: the same for all of them and in every answer. */
export const labelDatatype = (classes: Labels): 'INT64' | 'FP64' | 'BYTES' => {
  if (classes.every((label) => Number.isSafeInteger(label))) return 'INT64'
  return classes.every((label) => typeof label === 'number') ? 'FP64' : 'BYTES'
}
