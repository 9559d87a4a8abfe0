import type { Batch } from '../batch.ts'
import { computeBatch } from '../compute.ts'
import { InputError } from '../input-error.ts'
import type { ModelInfo } from '../model-info.ts'
import { type Predictions, predictClasses } from '../predictions.ts'
import type { ModelRuntime } from '../runtime.ts'
import { type AnsweredRow, countClasses, sampleEvery, sampleOf } from './dsapi-json/answer-rows.ts'
import { answerBytesPerRow } from './dsapi-json/answer-size.ts'
import type { NamedModel, Protocol, ProtocolRequest, Read, Written } from './protocol.ts'
import { shorten } from './shorten.ts'

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
  | (Exclude<Read, { readonly ok: true }> & {
      /** Whether the answer would be larger than allowed; else the request is wrong. */
      readonly isTooLarge?: true
    })

/** The name and version under which a client knows a model. */
export type AskedAs = Pick<NamedModel, 'name' | 'version'>

export type AnswerOptions = {
  /** How many of the rows are given back, at most. */
  readonly sampleSize: number
  /** About how much memory rows and answer may take: an answer may be many times what was sent. */
  readonly mostBytes: number
}

/**
 * Reads a request, predicts its rows and writes the answer.
 *
 * @throws ModelFailedError, EngineUnavailableError
 */
export const answerRequest = async (
  protocol: Pick<Protocol, 'read'>,
  request: ProtocolRequest,
  model: ModelRuntime,
  as: AskedAs,
  { sampleSize, mostBytes }: AnswerOptions,
): Promise<AnsweredRequest> => {
  const { info } = model
  const read = protocol.read(request, { ...as, info })
  if (!read.ok) return read
  const { batch, write } = read
  const { nRows } = batch
  if (nRows * (8 * info.features.length + answerBytesPerRow(info)) > mostBytes) return tooLarge
  const predictions = await predict(model, batch)
  if (predictions instanceof InputError) return refused(predictions)
  const sampling = { every: sampleEvery(nRows, sampleSize), firstRow: 0 }
  return {
    ok: true,
    written: write(predictions),
    nRows,
    counts: countClasses(predictions),
    sample: sampleOf(info.features, batch, predictions, sampling),
  }
}

const tooLarge: AnsweredRequest = {
  ok: false,
  message: 'The rows and their answer take too much memory: send fewer rows at a time',
  isTooLarge: true,
}

const predict = async (model: ModelRuntime, batch: Batch) => {
  // An engine need not know what to do with no rows.
  if (batch.nRows === 0) return noPredictions(model.info)
  try {
    return await computeBatch(model, batch)
  } catch (error) {
    if (error instanceof InputError) return error
    throw error
  }
}

/** A model refuses a value of a row: its message names neither. */
const refused = ({ message, row, field }: InputError): AnsweredRequest => {
  if (row === undefined) return { ok: false, message }
  if (field === undefined) return { ok: false, message: `Row ${row}: ${message}` }
  return {
    ok: false,
    message: `"${shorten(field)}" of row ${row} ${message}`,
    detail: [{ field: `rows[${row}].${shorten(field)}`, message }],
  }
}

const noPredictions = ({ output }: ModelInfo): Predictions =>
  output.type === 'classes'
    ? predictClasses(output.classes, new Float64Array(0))
    : { type: 'values', nRows: 0, names: output.names, values: new Float64Array(0) }
