import { codeOf } from '../connection/errors.ts'
import { BackupError } from './backup-error.ts'

const complaints: readonly (readonly [begin: string, complaint: string])[] = [
  ['SQLITE_FULL', 'the disk is full. Free some space, or name a file on another disk'],
  ['ENOSPC', 'the disk is full. Free some space, or name a file on another disk'],
  ['EDQUOT', 'your quota of the disk is used up. Free some space'],
  ['SQLITE_IOERR', 'the disk does not take it: it may be full, or limits the size of files'],
  ['EACCES', 'you may not write there. Look at the permissions of its folder'],
  ['EPERM', 'you may not write there. Look at the permissions of its folder'],
  ['EROFS', 'it is on a file system that can only be read'],
]

/** Describes in words what kept a file from being written; errors of other kinds stay as they are. */
export const explainWriteError = (file: string, error: unknown): unknown => {
  const code = codeOf(error)
  const complaint = complaints.find(([begin]) => code.startsWith(begin))?.[1]
  if (complaint === undefined) return error
  return new BackupError(
    'unwritable',
    `${file} could not be written: ${complaint}. Nothing was changed.`,
    { cause: error },
  )
}
