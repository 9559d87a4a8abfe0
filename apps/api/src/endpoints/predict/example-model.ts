import {
  type Batch,
  InputError,
  type ModelInfo,
  type ModelRuntime,
  type Predictions,
  predictClasses,
} from '@dsapi/inference'

/**
 * A model that answers the rows of examples on the spot. What computes in its own time, or refuses these rows, stands in
 * the document with an answer of the form that its answers have.
 */
export const exampleModel = (model: ModelRuntime): ModelRuntime => {
  const { info } = model
  const answer = (batch: Batch): Predictions => {
    try {
      return model.predictSync?.(batch) ?? anyAnswer(info, batch.nRows)
    } catch (error) {
      if (error instanceof InputError) return anyAnswer(info, batch.nRows)
      throw error
    }
  }
  return {
    info,
    predictSync: answer,
    predict: async (batch) => answer(batch),
    close: async () => {},
  }
}

const anyAnswer = ({ output }: ModelInfo, nRows: number): Predictions => {
  if (output.type === 'values') {
    const { names } = output
    return { type: 'values', nRows, names, values: new Float64Array(nRows * names.length) }
  }
  const { classes } = output
  return predictClasses(classes, new Float64Array(nRows * classes.length).fill(1 / classes.length))
}
