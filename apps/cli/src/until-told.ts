import type { ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'

type StopMessage = { readonly stop: true }

const isStopMessage = (message: unknown): message is StopMessage =>
  typeof message === 'object' && message !== null && 'stop' in message

/**
 * Asks a process that this one has started to end. Not by a signal: Ctrl-C has sent it one already, and a
 * second means "at once".
 */
export const askToStop = (child: ChildProcess): void => {
  if (child.connected) child.send({ stop: true } satisfies StopMessage, () => {})
}

/**
 * By whom: a person waits for the end, a program (systemd, Kubernetes, the process that started this one) gives
 * time for clients that do not know of it yet.
 */
export type ToldBy = 'person' | 'program'

/**
 * Waits until this process is told to end: by SIGTERM, by Ctrl-C, because its terminal was closed, or because
 * the process that started it says so or is gone. A second signal ends it at once.
 *
 * @param onReload is called for a SIGHUP that does not mean that the terminal was closed
 */
export const untilTold = (onReload?: () => void): Promise<ToldBy> =>
  new Promise((resolve) => {
    let asked = false
    const ask = (by: ToldBy) => {
      if (asked) process.exit(1)
      asked = true
      resolve(by)
    }
    process.on('SIGTERM', () => ask('program'))
    process.on('SIGINT', () => ask('person'))
    const hadTerminal = hasTerminal()
    process.on('SIGHUP', () => {
      if (process.connected) return // Whoever started this process has had it too, and decides.
      if (onReload !== undefined && hasTerminal() === hadTerminal) onReload()
      else ask('person')
    })
    process.on('message', (message) => {
      if (isStopMessage(message)) resolve('program')
    })
    process.once('disconnect', () => resolve('program'))
  })

/** A terminal that was closed can no longer be opened. */
const hasTerminal = () => {
  try {
    closeSync(openSync('/dev/tty', 'r'))
    return true
  } catch {
    return false
  }
}
