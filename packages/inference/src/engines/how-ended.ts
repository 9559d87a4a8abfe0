import type { ChildProcess } from 'node:child_process'

/** Resolves when a process has ended, or could not be started, with how. */
export const howEnded = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.on('error', (error) => {
      // Other errors are about signals and messages: the process may go on.
      if (child.pid === undefined) resolve(`it could not be started: ${error.message}`)
    })
    child.on('exit', (code, signal) => resolve(describe(code, signal)))
  })

const describe = (code: number | null, signal: NodeJS.Signals | null) => {
  if (signal === 'SIGKILL') {
    return 'the process was killed (SIGKILL), as the system does when memory runs out'
  }
  if (signal === 'SIGABRT') {
    return 'the process aborted (SIGABRT), as Node does when it needs more memory than it may take'
  }
  return signal === null ? `the process ended with ${code}` : `the process was ended by ${signal}`
}
