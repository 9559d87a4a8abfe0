import type { Label } from '@dsapi/model'
import { isRecord } from '../is-record.ts'
import type { Output } from '../model-info.ts'

/** What a worker leaves as the result of a batch, in the job's row; the lines are in the chunks. */
export type BatchResult = {
  readonly model_version: string
  readonly rows: number
  readonly failed_rows: number
  /** The first line of the result. */
  readonly header: string
  /** The classes of the model, each in its own type. Workers of older versions left none. */
  readonly classes?: readonly Label[]
  /** What the values are called, of a model that has no classes. */
  readonly values?: readonly string[]
  readonly chunks: number
}

/** What a result keeps of its model, so that its cells can be read again in their own types. */
export const keptOutput = (output: Output): Pick<BatchResult, 'classes' | 'values'> =>
  output.type === 'classes' ? { classes: output.classes } : { values: output.names }

/** What the model of a result answered; undefined where a worker of an older version left nothing about it. */
export const outputOf = ({ classes, values }: BatchResult): Output | undefined => {
  if (values !== undefined) return { type: 'values', names: values }
  return classes && { type: 'classes', classes }
}

const isLabel = (value: unknown): value is Label =>
  typeof value === 'number' || typeof value === 'string'

const isText = (value: unknown): value is string => typeof value === 'string'

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
    const { model_version, rows, failed_rows, header, classes, values, chunks } = value
    const known = {
      ...(Array.isArray(classes) && classes.every(isLabel) && { classes }),
      ...(Array.isArray(values) && values.every(isText) && { values }),
    }
    return { model_version, rows, failed_rows, header, ...known, chunks }
  }
  throw new Error('The stored result is not that of a batch')
}
