import type { BatchFormat } from '@dsapi/inference'

/** The formats of batches by their media types. */
export const formats: Readonly<Record<string, BatchFormat['type']>> = {
  'text/csv': 'csv',
  'application/x-ndjson': 'ndjson',
  'application/ndjson': 'ndjson',
  'application/jsonl': 'ndjson',
}

/** The media types of NDJSON. */
export const ndjsonTypes: readonly string[] = Object.keys(formats).filter(
  (type) => formats[type] === 'ndjson',
)

/** Rows in these types, as the OpenAPI document describes them. */
export const csv = 'text/csv'
export const ndjson = 'application/x-ndjson'
export const text = { type: 'string' }
