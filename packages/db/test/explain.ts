import { CompiledQuery, type KyselyPlugin } from 'kysely'
import { isPostgres } from '../src/connection/engine.ts'
import type { Database } from '../src/schema.ts'

/** The plans, as the engine prints them, of all statements that a function runs with the database that it is given. */
export const explain = async (
  db: Database,
  run: (watched: Database) => Promise<unknown>,
): Promise<readonly string[]> => {
  const statements: CompiledQuery[] = []
  const watch: KyselyPlugin = {
    transformQuery: ({ node, queryId }) => {
      statements.push(db.getExecutor().compileQuery(node, queryId))
      return node
    },
    transformResult: async ({ result }) => result,
  }
  await run(db.withPlugin(watch))
  const command = isPostgres(db) ? 'explain' : 'explain query plan'
  const plans = statements.map(async ({ sql, parameters }) => {
    const { rows } = await db.executeQuery(CompiledQuery.raw(`${command} ${sql}`, [...parameters]))
    return rows.flatMap((row) => Object.values(row as object)).join('\n')
  })
  return Promise.all(plans)
}
