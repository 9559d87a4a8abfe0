import { rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { BackupError } from './backup-error.ts'
import { examineCopy } from './examine-copy.ts'
import { explainWriteError } from './explain-write-error.ts'
import {
  createPrivate,
  isPartOf,
  partialName,
  removeLeftovers,
  removePartial,
  requireFolder,
  statOf,
  sync,
} from './files.ts'

export type BackupProgress = { readonly bytes: number; readonly allBytes: number }

type Options = {
  /** Replace a file that is there. */
  readonly force?: boolean
  readonly onProgress?: (progress: BackupProgress) => void
  /** Ends the backup; what was written of it is removed. */
  readonly signal?: AbortSignal
}

export type Backup = {
  readonly bytes: number
  /** The newest migration of its schema. */
  readonly version: string
}

/** How much is copied at once, in bytes: the process answers signals in between. */
const stepBytes = 8 * 2 ** 20

/**
 * Copies a SQLite database as it is at one moment, while other processes read and write it. The database is not
 * migrated. The file is written under another name, checked, synced to the disk and renamed.
 *
 * @param path of the database
 * @param file that becomes the backup
 * @throws BackupError when it cannot be made; nothing was changed then
 */
export const backupSqlite = async (
  path: string,
  file: string,
  options: Options = {},
): Promise<Backup> => {
  if ((await statOf(path)) === undefined) {
    throw new BackupError('unsuitable', `There is no database at ${path}.`)
  }
  await requireFolder(file)
  await checkFile(path, file, options)
  await removeLeftovers(file)
  const partial = partialName(file)
  try {
    await createPrivate(partial)
    const bytes = await copyPages(path, partial, options)
    const version = await withFile(partial, (copy) => examineCopy(copy, path))
    await sync(partial)
    options.signal?.throwIfAborted()
    await checkFile(path, file, options) // It takes long: another backup may have ended meanwhile.
    await rename(partial, file)
    await sync(dirname(file))
    return { bytes, version }
  } catch (error) {
    await removePartial(partial)
    throw explainWriteError(file, error)
  }
}

const checkFile = async (path: string, file: string, { force }: Options) => {
  if (await isPartOf(path, file)) {
    throw new BackupError(
      'unsuitable',
      `${file} is a file of the database itself. Name another file for the backup.`,
    )
  }
  const found = await statOf(file)
  if (found === undefined) return
  if (!found.isFile()) {
    const what = found.isDirectory() ? 'a folder' : 'not a regular file'
    throw new BackupError('unsuitable', `${file} is ${what}. Name a file for the backup.`)
  }
  if (force) return
  throw new BackupError(
    'exists',
    `There is already a file at ${file}. Name another file, or replace it with --force.`,
  )
}

/** Copies all pages in one read transaction: without it, SQLite would begin again whenever another process has written. */
const copyPages = (path: string, partial: string, { onProgress, signal }: Options) =>
  withFile(path, async (source) => {
    source.exec('begin')
    const pages = Number(source.pragma('page_count', { simple: true }))
    const pageBytes = Number(source.pragma('page_size', { simple: true }))
    const allBytes = pages * pageBytes
    await source.backup(partial, {
      progress: ({ totalPages, remainingPages }) => {
        signal?.throwIfAborted()
        onProgress?.({ bytes: (totalPages - remainingPages) * pageBytes, allBytes })
        return stepBytes / pageBytes
      },
    })
    source.exec('rollback')
    return allBytes
  })

/** Opens a file of SQLite as it is, without a migration. */
export const withFile = async <T>(
  path: string,
  task: (file: BetterSqlite3.Database) => Promise<T> | T,
): Promise<T> => {
  const file = new BetterSqlite3(path, { fileMustExist: true })
  try {
    return await task(file)
  } finally {
    file.close()
  }
}
