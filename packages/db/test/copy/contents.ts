import type { Database } from '../../src/index.ts'

const tables = [
  ...(['api_keys', 'audit', 'usage', 'data', 'models', 'jobs', 'job_chunks'] as const),
  ...(['named_models', 'model_versions', 'artifact_pieces', 'model_audit'] as const),
  ...(['model_evaluations', 'model_training'] as const),
  'predictions' as const,
]

/** All rows of all tables, read as the rest of dsapi reads them. */
export const contentsOf = async (db: Database): Promise<Record<string, readonly string[]>> => {
  const contents: Record<string, readonly string[]> = {}
  for (const table of tables) {
    const rows = await db.selectFrom(table).selectAll().execute()
    contents[table] = rows
      .map((row) => JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1))))
      .toSorted()
  }
  return contents
}
