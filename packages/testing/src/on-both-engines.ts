import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { hasPostgres } from './postgres.ts'

/** A test waits for events, not for time: only one that would never end takes so long, also on a busy machine. */
const timeoutMs = 180_000
const setupFile = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** Found in tests that use a database, directly or through a helper. */
const touches = /(empty|blank)Database|(own|blank)Environment|runApi\(/
/** Found in tests that start a PostgreSQL of their own, which are the same in both runs. */
const hasOwnServer = /startPostgres/
/** Imports more than types from a module that opens databases. */
const canOpen = /^import (?!type )[^']*'(@dsapi\/db|[./]+\/open-database\.ts)'/m

/**
 * Vitest's configuration for a package with a database. All tests run on SQLite, and those that use a database run once
 * more on PostgreSQL. If PostgreSQL is not installed, the second run is skipped with a message, except with `CI=true`.
 *
 * @param options.onSqliteOnly files that have a database only because a server needs one, or whose statements run on both
 *   engines in other tests
 * @throws Error for a file that can open a database, but neither uses the engine of the run nor is in `onSqliteOnly`
 */
export const onBothEngines = (
  folder: string,
  { onSqliteOnly = [] }: { readonly onSqliteOnly?: readonly string[] } = {},
) => {
  const isWithPostgres = hasPostgres || process.env.CI === 'true'
  if (!isWithPostgres) {
    process.stderr.write('Tests on PostgreSQL are skipped (needs: apt-get install postgresql)\n')
  }
  const files = globSync('{src,test}/**/*.test.ts', { cwd: folder })
  const missing = onSqliteOnly.filter((file) => !files.includes(file))
  if (missing.length > 0) throw new Error(`There is no ${missing.join(', ')} in ${folder}`)
  const others = files.filter((file) => !onSqliteOnly.includes(file))
  const include = others.filter((file) => {
    const text = readFileSync(`${folder}/${file}`, 'utf8')
    if (touches.test(text)) return true
    if (!canOpen.test(text) || hasOwnServer.test(text)) return false
    throw new Error(
      `${folder}/${file} can open a database, but does not take one from emptyDatabase(). Let it do so, or name it in onSqliteOnly`,
    )
  })
  const sqlite = {
    extends: true as const,
    test: {
      name: 'sqlite',
      provide: { postgresUrl: undefined },
      globalSetup: [setupFile('./sqlite-setup.ts')],
    },
  }
  const postgres = {
    extends: true as const,
    test: { name: 'postgres', include, globalSetup: [setupFile('./postgres-setup.ts')] },
  }
  return defineConfig({
    test: {
      testTimeout: timeoutMs,
      hookTimeout: timeoutMs,
      // Most of a file's time would go into reading the modules of a server anew.
      isolate: false,
      projects: [sqlite, ...(isWithPostgres ? [postgres] : [])],
    },
  })
}
