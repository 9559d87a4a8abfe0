import { constants } from 'node:fs'
import { chmod, copyFile, link, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { isBusy } from '../connection/errors.ts'
import type { Instant } from '../schema.ts'
import { BackupError } from './backup-error.ts'
import { withFile } from './backup-sqlite.ts'
import { examineCopy, newestVersion } from './examine-copy.ts'
import { explainWriteError } from './explain-write-error.ts'
import {
  companions,
  isPartOf,
  partialName,
  removeLeftovers,
  removePartial,
  requireFolder,
  statOf,
  sync,
} from './files.ts'

export type Restored = {
  /** The newest migration of the schema of the backup. */
  readonly version: string
  /** Whether the next process that opens the database migrates it. */
  readonly isOlder: boolean
  /** Where the database of before is; undefined where there was none. */
  readonly kept: string | undefined
}

/**
 * Puts a backup in the place of a SQLite database that no process has open. The database of before is kept under a dated
 * name beside it. There is a whole database under `path` at each moment.
 *
 * @param path of the database
 * @param file the backup, which is only read
 * @throws BackupError when it cannot be restored; the database is as it was then
 */
export const restoreSqlite = async (
  path: string,
  file: string,
  { now }: { readonly now: Instant },
): Promise<Restored> => {
  await requireFolder(path)
  await checkBackup(path, file)
  await removeLeftovers(path)
  const partial = partialName(path)
  try {
    await copyFile(file, partial, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
    await chmod(partial, 0o600)
    const version = await examined(partial, file)
    await sync(partial)
    const kept = await putInPlace(path, partial, now)
    await sync(dirname(path))
    return { version, isOlder: version !== newestVersion, kept }
  } catch (error) {
    await removePartial(partial)
    throw explainWriteError(path, error)
  }
}

const checkBackup = async (path: string, file: string) => {
  const found = await statOf(file)
  if (found === undefined) throw new BackupError('unsuitable', `There is no file at ${file}.`)
  if (!found.isFile()) throw new BackupError('unsuitable', `${file} is not a file.`)
  if (await isPartOf(path, file)) {
    throw new BackupError('unsuitable', `${file} is a file of the database itself, not a backup.`)
  }
  const log = await statOf(`${file}-wal`)
  if (log !== undefined && log.size > 0) {
    throw new BackupError(
      'unsuitable',
      `${file} has a write-ahead log beside it (${file}-wal): it is a database that a process uses or used, not a backup. Make a backup of it first: DATABASE_URL=sqlite:${file} dsapi db backup FILE`,
    )
  }
}

const examined = async (partial: string, file: string) => {
  try {
    return await withFile(partial, (copy) => examineCopy(copy, file))
  } catch (error) {
    if (!isDamage(error)) throw error
    throw new BackupError(
      'damaged',
      `${file} is not a SQLite database, or is damaged (${error.message}). Use an earlier backup.`,
      { cause: error },
    )
  }
}

const isDamage = (error: unknown): error is InstanceType<typeof BetterSqlite3.SqliteError> =>
  error instanceof BetterSqlite3.SqliteError &&
  ['SQLITE_NOTADB', 'SQLITE_CORRUPT', 'SQLITE_FORMAT'].some((code) => error.code.startsWith(code))

const putInPlace = async (path: string, partial: string, now: Instant) => {
  if ((await statOf(path)) === undefined) {
    await rename(partial, path)
    return undefined
  }
  using _ = lockExclusively(path)
  const kept = `${path}.before-restore-${dated(now)}`
  // A damaged database still has them. They must not stay beside the restored one, which they would damage.
  for (const suffix of companions) {
    if ((await statOf(path + suffix)) !== undefined) await rename(path + suffix, kept + suffix)
  }
  await link(path, kept)
  await rename(partial, path)
  return kept
}

/** `2026-11-27T03-42-55.123Z`: Windows has no colons in names. */
const dated = (now: Instant) => new Date(now).toISOString().replaceAll(':', '-')

/**
 * Locks a database against every other process, and moves its log into it. A damaged database cannot be locked, and no
 * process can use it.
 *
 * @throws BackupError `in_use` when another process has it open
 */
const lockExclusively = (path: string): Disposable => {
  const sqlite = new BetterSqlite3(path, { timeout: 0 })
  const close = { [Symbol.dispose]: () => void sqlite.close() }
  try {
    sqlite.pragma('journal_mode = DELETE') // Refused while another connection is open.
    sqlite.exec('begin exclusive')
    return close
  } catch (error) {
    if (isDamage(error)) return close
    sqlite.close()
    if (!isBusy(error)) throw error
    throw new BackupError(
      'in_use',
      `A process has ${path} open. Stop the servers, workers and shells that use it, then restore again.`,
      { cause: error },
    )
  }
}
