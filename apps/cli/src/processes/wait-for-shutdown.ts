import type { ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import type { StopTimes } from '@dsapi/api'

type StopMessage = { readonly stop: StopTimes }

const isStopMessage = (message: unknown): message is StopMessage =>
  typeof message === 'object' && message !== null && 'stop' in message

/**
 * Asks a process that this one has started to end. Not by a signal: Ctrl-C has sent it one already, and a
 * second means "at once".
 */
export const askToStop = (child: ChildProcess, times: StopTimes): void => {
  if (child.connected) child.send({ stop: times } satisfies StopMessage, () => {})
}

const lingerMs = 1000

/** Of a process that is at the end of its terminal: whoever sits there does not want to wait. */
const atOnce: StopTimes = { drainMs: 0, lingerMs: 0 }

/** Of a process whose place on its port another has taken. */
export const replaced: StopTimes = { drainMs: 0, lingerMs }

type Wishes = {
  /** How long load balancers need to notice that this process is not ready; without it, there are none. */
  readonly drainMs?: number
  /** Is called for a SIGHUP that does not mean that the terminal was closed. */
  readonly onReload?: () => void
}

/**
 * Waits until this process is told to end: by SIGTERM, by Ctrl-C, because its terminal was closed, or because
 * the process that started it says so or is gone. A second signal ends it at once.
 */
export const waitForShutdown = ({ drainMs = 0, onReload }: Wishes = {}): Promise<StopTimes> =>
  new Promise((resolve) => {
    let asked = false
    const ask = (times: StopTimes) => {
      if (asked) process.exit(1)
      asked = true
      resolve(times)
    }
    process.on('SIGTERM', () => ask({ drainMs, lingerMs }))
    process.on('SIGINT', () => ask(atOnce))
    const hadTerminal = hasTerminal()
    process.on('SIGHUP', () => {
      if (process.connected) return // Whoever started this process has had it too, and decides.
      if (onReload !== undefined && hasTerminal() === hadTerminal) onReload()
      else ask(atOnce)
    })
    process.on('message', (message) => {
      if (isStopMessage(message)) resolve(message.stop)
    })
    process.once('disconnect', () => resolve(replaced))
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
