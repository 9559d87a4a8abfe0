import { isRecord } from '../is-record.ts'
import { readCells } from './csv-cells.ts'

/** What a worker leaves as the result of a batch, in the job's row; the lines are in the chunks. */
export type BatchResult = {
  readonly model_version: string
  readonly rows: number
  readonly failed_rows: number
  /** The first line of the result. */
  readonly header: string
  readonly chunks: number
}

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
    const { model_version, rows, failed_rows, header, chunks } = value
    return { model_version, rows, failed_rows, header, chunks }
  }
  throw new Error('The stored result is not that of a batch')
}

/** Turns lines of a result from CSV to one JSON object a line. */
export const resultToNdjson = (header: string, lines: string): string => {
  const names = readCells(header)
  const probabilities = names.slice(2, -1)
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const cells = readCells(line)
      const row = Number(cells[0])
      const error = cells[names.length - 1]
      if (error !== '') return `${JSON.stringify({ row, error })}\n`
      const values = probabilities.map((_, index) => Number(cells[2 + index]))
      const label = /^-?\d+$/.test(cells[1]) ? Number(cells[1]) : cells[1]
      return `${JSON.stringify({ row, class: label, class_probabilities: values })}\n`
    })
    .join('')
}
