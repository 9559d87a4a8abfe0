import { stat } from 'node:fs/promises'

const suffixes = ['', '-wal', '-shm']
/** The permission to read for users who are neither the owner nor in the group. */
const readByOthers = 0o004

/** Returns the files of a SQLite database that every user of this machine can read. */
export const filesOthersCanRead = async (path: string): Promise<string[]> => {
  const found: string[] = []
  for (const suffix of suffixes) {
    const mode = await stat(path + suffix).then(
      (stats) => stats.mode,
      () => 0,
    )
    if (mode & readByOthers) found.push(path + suffix)
  }
  return found
}
