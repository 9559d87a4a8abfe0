import { InputError } from '../input-error.ts'
import { isRecord } from '../is-record.ts'
import type { UnknownMembers } from '../protocols/rows-protocol.ts'

/** How the rows of a batch are written: with a header and commas, or one JSON value a line. */
export type BatchFormat =
  | { readonly type: 'csv'; readonly columns: readonly string[] }
  | {
      readonly type: 'ndjson'
      /** Where it is absent, they are ignored. */
      readonly unknownMembers?: UnknownMembers
    }

/** The input of a batch job, besides its chunks of lines. */
export type BatchInput = { readonly format: BatchFormat; readonly chunks: number }

/** A batch cannot be divided into rows, or none of them fits the model; the message says why. */
export class BatchFormatError extends InputError {
  override readonly name = 'BatchFormatError'

  constructor(message: string) {
    super(message, { isFinal: true })
  }
}

const isText = (value: unknown) => typeof value === 'string'

/**
 * Reads the input of a batch job as it came out of the database.
 *
 * @throws Error when another version of dsapi left something else there
 */
export const readBatchInput = (value: unknown): BatchInput => {
  if (isRecord(value) && typeof value.chunks === 'number' && isRecord(value.format)) {
    const { chunks, format } = value
    if (format.type === 'ndjson') {
      const unknownMembers = format.unknownMembers === 'refused' ? 'refused' : 'ignored'
      return { chunks, format: { type: 'ndjson', unknownMembers } }
    }
    if (format.type === 'csv' && Array.isArray(format.columns) && format.columns.every(isText)) {
      return { chunks, format: { type: 'csv', columns: format.columns } }
    }
  }
  throw new Error('The stored input is not that of a batch')
}
