import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { hasPostgres } from './postgres.ts'

const minuteMs = 60_000
const postgresSetup = fileURLToPath(new URL('./postgres-setup.ts', import.meta.url))

/** What tests use that touch a database, themselves or through a helper beside them. */
const touches = /emptyDatabase|ownEnvironment|runApi\(/
/** A test that starts a PostgreSQL for itself says so, and is the same in both runs. */
const hasOwnServer = /startPostgres/
/** Imports more than types of what opens databases. */
const canOpen = /^import (?!type )[^']*'(@dsapi\/db|[./]+\/open-database\.ts)'/m

/**
 * Vitest's configuration for a package with a database: all its tests on SQLite, and those that touch a database once
 * more on PostgreSQL, which is left out with a line where it is not installed, except under `CI=true`.
 *
 * @param options.onSqliteOnly files that have a database only because a server needs one. The rule: whatever a test of
 *   theirs expects would be the same if no statement were right but those that let the server start. A test that
 *   expects something which was written, read or refused by a database runs on both engines.
 * @throws Error for a file that can open a database, but neither takes one of the run's engine nor is among those
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
  const postgres = {
    extends: true as const,
    test: { name: 'postgres', include, globalSetup: [postgresSetup] },
  }
  return defineConfig({
    test: {
      testTimeout: minuteMs,
      hookTimeout: minuteMs,
      projects: [
        { extends: true, test: { name: 'sqlite', provide: { postgresUrl: undefined } } },
        ...(isWithPostgres ? [postgres] : []),
      ],
    },
  })
}
