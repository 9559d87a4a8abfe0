import type { Database, Schema } from '../schema.ts'

type Table = keyof Schema

/** All tables with their primary keys, in an order in which rows may be written: audit and jobs name keys. */
const primaryKeys = {
  api_keys: ['id'],
  audit: ['id'],
  usage: ['owner_id', 'day'],
  key_usage: ['key_id', 'day'],
  traffic: ['minute', 'host', 'key_id', 'route', 'status'],
  data: ['id'],
  models: ['version'],
  named_models: ['name'],
  model_versions: ['name', 'version'],
  artifact_pieces: ['sha256', 'position'],
  model_audit: ['id'],
  model_evaluations: ['id'],
  model_training: ['name', 'version'],
  jobs: ['id'],
  job_chunks: ['job_id', 'part', 'position'],
  webhook_secrets: ['id'],
  webhook_deliveries: ['id'],
  predictions: ['id'],
  console_sessions: ['id'],
  console_codes: ['sha256'],
  retention: ['kind'],
  watchers: ['slot'],
} as const satisfies { readonly [T in Table]: readonly (keyof Schema[T])[] }

export type Column = { readonly name: string; readonly type: 'integer' | 'real' | 'text' | 'blob' }

/** What has to be known of a table in order to copy it. */
export type CopiedTable = {
  readonly name: Table
  readonly key: readonly string[]
  readonly columns: readonly Column[]
  /** The primary key, where the database counts rows in it. */
  readonly counter: string | undefined
}

const typeOf = (dataType: string): Column['type'] => {
  const type = dataType.toLowerCase()
  if (type === 'integer' || type === 'real' || type === 'text' || type === 'blob') return type
  throw new Error(`A column of type ${dataType} cannot be copied`)
}

/** Reads from a SQLite database which columns its tables have, so that a later migration's are copied too. */
export const describeTables = async (source: Database): Promise<readonly CopiedTable[]> => {
  const known = await source.introspection.getTables()
  return Object.entries(primaryKeys).map(([table, key]) => {
    const name = table as Table
    const columns = (known.find((one) => one.name === name)?.columns ?? []).map((column) => ({
      name: column.name,
      type: typeOf(column.dataType),
    }))
    const isCounted = columns.find((column) => column.name === key[0])?.type === 'integer'
    return { name, key, columns, counter: isCounted ? key[0] : undefined }
  })
}
