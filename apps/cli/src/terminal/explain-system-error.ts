import { getSystemErrorMap } from 'node:util'

const codeOf = (error: unknown): string | undefined =>
  // An error of ours may carry such a code, too, and its own words.
  error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined

const remedies: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of its path is no folder',
  EISDIR: 'it is a folder',
  EACCES: 'you may not open it. Look at its permissions: ls -l',
  EPERM: 'you may not do that',
  EROFS: 'it is on a file system that can only be read',
  ENOSPC: 'the disk is full. Free some space',
  EDQUOT: 'your quota of the disk is used up',
  EMFILE: 'this process has too many open files. Allow more: ulimit -n',
  ENFILE: 'the machine has too many open files',
  ENOMEM: 'there is not enough memory',
  EIO: 'the disk or terminal does not answer',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  EFBIG: 'the file would be too large',
  EAGAIN: 'the machine has no more of what that needs. Try again',
  ECONNREFUSED: 'nothing listens there',
  EPIPE: 'nobody reads it any more',
}

const known = new Set(Array.from(getSystemErrorMap().values(), ([name]) => name))

/** Says in words what the operating system had against something; undefined for all other errors. */
export const explainSystemError = (error: unknown): string | undefined => {
  const code = codeOf(error)
  if (code === undefined || !known.has(code)) return undefined
  return remedies[code] ?? (error instanceof Error ? error.message : code)
}
