import { explainSystemError } from './explain-system-error.ts'

/** The error codes of a closed pipe or terminal. */
const closed = new Set(['EPIPE', 'EIO', 'ECONNRESET', 'EBADF', 'ERR_STREAM_DESTROYED'])

let isLost = false

/** Whether standard output is closed, so that there is no point in writing on. */
export const isOutputLost = (): boolean => isLost

/**
 * Keeps a process running when its output is closed (`dsapi keys list | head -0`): a command finishes and exits with
 * its own code, and a server goes on. Any other error, such as a full disk, is printed on standard error, and the
 * exit code is 1, because the output is incomplete.
 */
export const tolerateClosedOutput = (): void => {
  process.stderr.on('error', () => {}) // There is nowhere left to print it.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    const isFirst = !isLost
    isLost = true
    if (!isFirst || closed.has(error.code ?? '')) return
    process.exitCode = 1
    const reason = explainSystemError(error) ?? error.message
    process.stderr.write(`Standard output cannot be written: ${reason}\n`)
  })
}
