import { getSystemErrorMap } from 'node:util'

const codeOf = (error: unknown): string | undefined =>
  // dsapi's own errors have a code too, and a better message.
  error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined

const remedies: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of its path is not a folder',
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
  ELOOP: 'its symbolic links form a loop',
  ENAMETOOLONG: 'its name is too long',
  EFBIG: 'the file would be too large',
  EAGAIN: 'the machine is out of resources. Try again',
  ECONNREFUSED: 'no program listens there',
  EPIPE: 'its reader has closed it',
}

const known = new Set(Array.from(getSystemErrorMap().values(), ([name]) => name))

/** Describes an error of the operating system in words; undefined for all other errors. */
export const explainSystemError = (error: unknown): string | undefined => {
  const code = codeOf(error)
  if (code === undefined || !known.has(code)) return undefined
  return remedies[code] ?? (error instanceof Error ? error.message : code)
}
