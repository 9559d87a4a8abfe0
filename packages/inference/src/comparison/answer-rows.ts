import type { Batch } from '../batch.ts'
import { BatchBuilder } from '../batch-builder.ts'
import { requireRowError, scoreInHalves } from '../batches/score-in-halves.ts'
import { computeBatch } from '../compute.ts'
import { rowsPerPiece } from '../protocols/dsapi-json/answer-size.ts'
import { answerTo, type Prediction } from '../protocols/dsapi-json/answers.ts'
import type { Row } from '../row.ts'
import type { ModelRuntime } from '../runtime.ts'

/** What a model answers to a row, or why it has no answer to it. */
export type RowAnswer =
  | { readonly type: 'answered'; readonly answer: Prediction }
  | { readonly type: 'refused'; readonly problem: string }

/**
 * Has a model answer to rows. A row that it refuses does not keep the others from being answered.
 *
 * @param rows each in the order of the model's features
 * @returns an answer for each row, in their order
 * @throws Error where the model cannot be asked
 */
export const answerRows = async (
  model: ModelRuntime,
  rows: readonly Row[],
): Promise<readonly RowAnswer[]> => {
  const mostRows = rowsPerPiece(model.info)
  const answers: RowAnswer[] = []
  for (let first = 0; first < rows.length; first += mostRows) {
    const builder = new BatchBuilder(model.info.features, Math.min(mostRows, rows.length - first))
    for (const row of rows.slice(first, first + mostRows)) builder.add(row)
    answers.push(...(await answerBatch(model, builder.batch())))
  }
  return answers
}

const answerBatch = async (model: ModelRuntime, batch: Batch): Promise<readonly RowAnswer[]> => {
  const steps = scoreInHalves(batch)
  let step = steps.next()
  while (!step.done) step = steps.next(await compute(model, step.value))
  return step.value.flatMap((scored): readonly RowAnswer[] => {
    if (scored.type === 'refused') return [{ type: 'refused', problem: scored.problem }]
    const { nRows, predictions } = scored
    return Array.from({ length: nRows }, (_, row) => ({
      type: 'answered',
      answer: answerTo(predictions, row),
    }))
  })
}

const compute = async (model: ModelRuntime, batch: Batch) => {
  try {
    return await computeBatch(model, batch)
  } catch (error) {
    return requireRowError(error)
  }
}
