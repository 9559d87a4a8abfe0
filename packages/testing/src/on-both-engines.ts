import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { hasPostgres } from './postgres.ts'

const minuteMs = 60_000
const postgresSetup = fileURLToPath(new URL('./postgres-setup.ts', import.meta.url))

/** What tests use that touch a database, themselves or through a helper beside them. */
const touches = /emptyDatabase|ownEnvironment|runApi\(/

/**
 * Vitest's configuration for a package with a database: all its tests on SQLite, and those that touch a database once
 * more on PostgreSQL, which is left out with a line where it is not installed, except under `CI=true`.
 *
 * @param options.onSqliteOnly files that have a database only because a server needs one. The rule: whatever a test of
 *   theirs expects would be the same if no statement were right but those that let the server start. A test that
 *   expects something which was written, read or refused by a database runs on both engines.
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
  const include = files.filter(
    (file) =>
      !onSqliteOnly.includes(file) && touches.test(readFileSync(`${folder}/${file}`, 'utf8')),
  )
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
