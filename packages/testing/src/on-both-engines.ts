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
 */
export const onBothEngines = (folder: string) => {
  const isWithPostgres = hasPostgres || process.env.CI === 'true'
  if (!isWithPostgres) {
    process.stderr.write('Tests on PostgreSQL are skipped (needs: apt-get install postgresql)\n')
  }
  const include = globSync('{src,test}/**/*.test.ts', { cwd: folder }).filter((file) =>
    touches.test(readFileSync(`${folder}/${file}`, 'utf8')),
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
