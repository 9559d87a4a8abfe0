import type { BatchFormat } from '../batches/batch-input.ts'
import { createCsvCutter } from './csv/csv-cutter.ts'
import { readCsvRows } from './csv/csv-rows.ts'
import type { LineProtocol } from './line-protocol.ts'

/** Rows of CSV under a header that names the features, in any order, among other columns (RFC 4180). */
export const csv = {
  name: 'csv',
  createCutter: createCsvCutter,
  rows: (text, { columns }, { features }) => readCsvRows(features, columns, text),
} satisfies LineProtocol<BatchFormat & { readonly type: 'csv' }>
