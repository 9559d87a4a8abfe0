import type { BatchFormat } from '../batches/batch-input.ts'
import type { LineProtocol } from './line-protocol.ts'
import { createLineCutter } from './ndjson/line-cutter.ts'
import { readNdjsonRows } from './ndjson/ndjson-rows.ts'

/** Rows of JSON, one a line: an array of values, or an object with a member for each feature. */
export const ndjson = {
  name: 'ndjson',
  createCutter: createLineCutter,
  rows: (text, { unknownMembers = 'ignored' }, { features }) =>
    readNdjsonRows(features, text, unknownMembers),
} satisfies LineProtocol<BatchFormat & { readonly type: 'ndjson' }>
