import { describe } from 'vitest'
import { engine } from './empty-database.ts'

const describeOn =
  (wanted: ReturnType<typeof engine>) =>
  (name: string, tests: () => void): void => {
    if (engine() === wanted) describe(name, tests)
  }

/** `describe` for tests of SQLite's own features, and for tests that do not depend on the engine, which are not run a
 * second time. */
export const describeOnSqlite = describeOn('sqlite')

/** `describe` for tests of PostgreSQL's own features. */
export const describeOnPostgres = describeOn('postgres')
