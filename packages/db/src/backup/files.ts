import { open, readdir, realpath, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { codeOf } from '../connection/errors.ts'
import { BackupError } from './backup-error.ts'

/** What SQLite keeps beside a database. */
export const companions = ['-wal', '-shm', '-journal'] as const

/** Undefined where there is no such file. */
export const statOf = (path: string) =>
  stat(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  })

/** The file that a path leads to; the file need not be there, its folder does. */
const resolved = async (path: string) => {
  try {
    return await realpath(path)
  } catch {
    return join(await realpath(dirname(path)), basename(path))
  }
}

/** Whether a path leads to a database or to a file that SQLite keeps beside it. */
export const isPartOf = async (database: string, path: string): Promise<boolean> => {
  const real = await resolved(database)
  const parts = [real, ...companions.map((suffix) => real + suffix)]
  if (parts.includes(await resolved(path))) return true
  const found = await statOf(path)
  if (found === undefined) return false
  for (const part of parts) {
    const other = await statOf(part)
    if (other?.ino === found.ino && other.dev === found.dev) return true
  }
  return false
}

/** @throws BackupError when a path has no folder */
export const requireFolder = async (path: string): Promise<void> => {
  const folder = dirname(path)
  const found = await statOf(folder).catch(() => undefined)
  if (found?.isDirectory()) return
  throw new BackupError(
    'unsuitable',
    `${path} cannot be written: there is no folder ${folder}. Make it first: mkdir -p ${folder}`,
  )
}

const middle = '.partial-'

/** The name under which a file is written until it is whole: beside it, so that it can be renamed. */
export const partialName = (path: string): string => `${path}${middle}${process.pid}`

/** Removes what killed processes have left of files that they were writing. */
export const removeLeftovers = async (path: string): Promise<void> => {
  const begin = basename(path) + middle
  for (const name of await readdir(dirname(path))) {
    const [pid] = name.startsWith(begin) ? name.slice(begin.length).split('-') : []
    if (pid !== undefined && pid !== '' && !isRunning(Number(pid))) {
      await rm(join(dirname(path), name), { force: true })
    }
  }
}

const isRunning = (pid: number) => {
  try {
    process.kill(pid, 0)
    return pid !== process.pid
  } catch (error) {
    return codeOf(error) !== 'ESRCH'
  }
}

/** Makes an empty file that its user alone can read. */
export const createPrivate = async (path: string): Promise<void> => {
  const file = await open(path, 'wx', 0o600)
  await file.close()
}

/** Waits until a file, or the names in a folder, are on the disk. */
export const sync = async (path: string): Promise<void> => {
  const file = await open(path, 'r')
  await file.sync().finally(() => file.close())
}

/** Removes a database that was being written, with what SQLite has made beside it. */
export const removePartial = async (path: string): Promise<void> => {
  for (const suffix of ['', ...companions]) await rm(path + suffix, { force: true })
}
