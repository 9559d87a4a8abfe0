import type { Label } from '@dsapi/model'
import { isRecord } from '../is-record.ts'

/** What a worker leaves as the result of a batch, in the job's row; the lines are in the chunks. */
export type BatchResult = {
  readonly model_version: string
  readonly rows: number
  readonly failed_rows: number
  /** The first line of the result. */
  readonly header: string
  /** The classes of the model, each in its own type. Workers of older versions left none. */
  readonly classes?: readonly Label[]
  readonly chunks: number
}

const isLabel = (value: unknown): value is Label =>
  typeof value === 'number' || typeof value === 'string'

/**
 * Reads the result of a batch as it came out of the database.
 *
 * @throws Error when another version of dsapi left something else there
 */
export const readBatchResult = (value: unknown): BatchResult => {
  if (
    isRecord(value) &&
    typeof value.model_version === 'string' &&
    typeof value.rows === 'number' &&
    typeof value.failed_rows === 'number' &&
    typeof value.header === 'string' &&
    typeof value.chunks === 'number'
  ) {
    const { model_version, rows, failed_rows, header, classes, chunks } = value
    const known = Array.isArray(classes) && classes.every(isLabel) ? { classes } : {}
    return { model_version, rows, failed_rows, header, ...known, chunks }
  }
  throw new Error('The stored result is not that of a batch')
}
