import { type BigIntStats, realpathSync, statSync } from 'node:fs'
import { DatabaseUnreachableError } from '../connection/errors.ts'

/** Whether a database's file is still the one that is open. */
export type SameFile = {
  /** @throws DatabaseUnreachableError when the path leads to another file by now, or to none */
  readonly check: () => void
  /** The same for frequent calls: a check that was made a moment ago is not repeated. */
  readonly checkPeriodically: () => void
}

const checkEveryMs = 20

/** The write-ahead log, and the locks and the index that all processes share. A process that opens the database makes
 * missing ones again, and sees nothing of what others write into the deleted ones. */
const companions = ['-wal', '-shm']

/** Of a database that has no file, or is just being opened. */
export const anyFile: SameFile = { check: () => {}, checkPeriodically: () => {} }

/**
 * Remembers which file is open under a path, to be called when it has just been opened. SQLite holds on to it also when
 * it was deleted, moved or replaced: what is written then is lost, and what others change is not seen.
 */
export const rememberFile = (path: string, isInMemory: boolean): SameFile => {
  if (isInMemory) return anyFile
  const real = realpathSync(path) // Beside it are its companions; `path` may be a link, which may be changed.
  const paths = [path, ...companions.map((suffix) => real + suffix)]
  const remembered = paths.map((each) => [each, stat(each)] as const)
  let checkedAt = 0

  const check = () => {
    for (const [each, before] of remembered) {
      const now = stat(each)
      // A database has a header; a log may be empty.
      const isEmptied = each === path && now?.size === 0n
      if (before !== undefined && (isEmptied || !isSame(before, now))) throw lost(each)
    }
    checkedAt = performance.now()
  }
  return {
    check,
    checkPeriodically: () => {
      if (performance.now() - checkedAt > checkEveryMs) check()
    },
  }
}

/** Undefined also where the folder cannot be looked into any more. */
const stat = (path: string) => {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

const isSame = (before: BigIntStats, now: BigIntStats | undefined) =>
  now?.ino === before.ino && now.dev === before.dev

const lost = (path: string) =>
  new DatabaseUnreachableError(
    `The database file ${path} was deleted, moved or replaced while it was open. Put it back, or restart dsapi to use what is there now`,
  )
