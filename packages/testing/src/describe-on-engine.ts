import { describe } from 'vitest'
import { engine } from './empty-database.ts'

const describeOn =
  (wanted: ReturnType<typeof engine>) =>
  (name: string, tests: () => void): void => {
    if (engine() === wanted) describe(name, tests)
  }

/** `describe` for tests of what SQLite alone has, and for those in a file about the database in which no engine has a
 * part: they are not run a second time. */
export const describeOnSqlite = describeOn('sqlite')

/** `describe` for tests of what PostgreSQL alone has. */
export const describeOnPostgres = describeOn('postgres')
