import { computeBatch } from '../compute.ts'
import type { ModelInfo } from '../model-info.ts'
import { type Predictions, predictClasses } from '../predictions.ts'
import type { ModelRuntime } from '../runtime.ts'
import { type AnsweredRow, countClasses, sampleEvery, sampleOf } from './dsapi-json/answer-rows.ts'
import type { NamedModel, Protocol, ProtocolRequest, Read, Written } from './protocol.ts'

/** What a request was answered, and what is counted and logged of it. */
export type AnsweredRequest =
  | {
      readonly ok: true
      readonly written: Written
      readonly nRows: number
      /** How many predictions there are of each class, in the model's order. */
      readonly counts: readonly number[]
      /** Some of the rows, as they were answered. */
      readonly sample: readonly AnsweredRow[]
    }
  | Exclude<Read, { readonly ok: true }>

/** Who is asked: the name and version under which a client knows a model. */
export type AskedAs = Pick<NamedModel, 'name' | 'version'>

/**
 * Reads a request, predicts its rows and writes the answer.
 *
 * @param sampleSize how many of the rows are given back, at most
 */
export const answerRequest = async (
  protocol: Pick<Protocol, 'read'>,
  request: ProtocolRequest,
  model: ModelRuntime,
  asked: AskedAs,
  sampleSize = 0,
): Promise<AnsweredRequest> => {
  const read = protocol.read(request, { ...asked, info: model.info })
  if (!read.ok) return read
  const { batch, write } = read
  // An engine need not know what to do with no rows.
  const predictions =
    batch.nRows === 0 ? noPredictions(model.info) : await computeBatch(model, batch)
  return {
    ok: true,
    written: write(predictions),
    nRows: batch.nRows,
    counts: countClasses(predictions),
    sample: sampleOf(model.info.features, batch, predictions, {
      every: sampleEvery(batch.nRows, sampleSize),
      firstRow: 0,
    }),
  }
}

const noPredictions = ({ output }: ModelInfo): Predictions =>
  output.type === 'classes'
    ? predictClasses(output.classes, new Float64Array(0))
    : { type: 'values', nRows: 0, names: output.names, values: new Float64Array(0) }
