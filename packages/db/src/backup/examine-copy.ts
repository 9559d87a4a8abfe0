import type BetterSqlite3 from 'better-sqlite3'
import { migrations } from '../connection/migrate.ts'
import { isMarked } from '../sqlite/application-id.ts'
import { BackupError } from './backup-error.ts'

/** The newest migration that this dsapi knows. */
export const newestVersion = Object.keys(migrations).at(-1) ?? ''

/**
 * Examines a file that nobody else has open, to be a database of dsapi in one file and without damage.
 *
 * @param name of the file for messages
 * @returns the version of its schema: the name of its newest migration
 * @throws BackupError `unsuitable`, `newer` or `damaged`
 */
export const examineCopy = (copy: BetterSqlite3.Database, name: string): string => {
  const version = versionOf(copy, name)
  // Until a server opens it, it is one file, which can be moved and read without others beside it.
  copy.pragma('journal_mode = DELETE')
  const findings = copy.pragma('quick_check(1)', { simple: true })
  if (findings !== 'ok') {
    throw new BackupError(
      'damaged',
      `${name} is damaged: ${String(findings)}. Use an earlier backup.`,
    )
  }
  return version
}

const versionOf = (copy: BetterSqlite3.Database, name: string) => {
  const hasMigrations = copy
    .prepare("select 1 from sqlite_master where type = 'table' and name = 'kysely_migration'")
    .get()
  if (!isMarked(copy) || hasMigrations === undefined) {
    throw new BackupError('unsuitable', `${name} is not a database of dsapi.`)
  }
  const names = copy
    .prepare<[], string>('select name from kysely_migration order by name')
    .pluck()
    .all()
  const version = names.at(-1) ?? ''
  const unknown = names.find((one) => !Object.hasOwn(migrations, one))
  if (unknown === undefined) return version
  throw new BackupError(
    'newer',
    `${name} was made by a newer version of dsapi: its schema is ${version}, and this version knows ${newestVersion}. Restore it with the version that made it, or a newer one.`,
  )
}
