import { explainSystemError } from './explain-system-error.ts'

/** What the operating system says where nobody reads any more: a pipe or a terminal was closed. */
const closed = new Set(['EPIPE', 'EIO', 'ECONNRESET', 'EBADF', 'ERR_STREAM_DESTROYED'])

let isLost = false

/** Whether nobody reads standard output any more, so that there is no point in writing on. */
export const isOutputLost = (): boolean => isLost

/**
 * Has no process end because nobody reads what it prints (`dsapi keys list | head -0`): a command does what it was
 * asked to and ends with its own exit code, a server goes on. What cannot be written for another reason, such as a
 * full disk, is said on standard error, and the exit code is 1: the output is not whole.
 */
export const tolerateClosedOutput = (): void => {
  process.stderr.on('error', () => {}) // There is nowhere left to say so.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    const isFirst = !isLost
    isLost = true
    if (!isFirst || closed.has(error.code ?? '')) return
    process.exitCode = 1
    const reason = explainSystemError(error) ?? error.message
    process.stderr.write(`Standard output cannot be written: ${reason}\n`)
  })
}
