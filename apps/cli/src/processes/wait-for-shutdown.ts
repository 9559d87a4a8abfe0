import type { ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import type { StopTimes } from '@dsapi/api'

type StopMessage = { readonly stop: StopTimes }

const isStopMessage = (message: unknown): message is StopMessage =>
  typeof message === 'object' && message !== null && 'stop' in message

/**
 * Asks a child process to end. Not by a signal: Ctrl-C has sent it one already, and a second signal ends it at once.
 */
export const askToStop = (child: ChildProcess, times: StopTimes): void => {
  if (child.connected) child.send({ stop: times } satisfies StopMessage, () => {})
}

const lingerMs = 1000

/** For Ctrl-C and a closed terminal: the user does not want to wait. */
const immediate: StopTimes = { drainMs: 0, lingerMs: 0 }

/** For a process that another has replaced on its port. */
export const replaced: StopTimes = { drainMs: 0, lingerMs }

type ShutdownOptions = {
  /** How long load balancers need to notice that this process is not ready; 0 without load balancers. */
  readonly drainMs?: number
  /** Called on SIGHUP, unless it means that the terminal was closed. */
  readonly onReload?: () => void
}

/**
 * Waits for SIGTERM, Ctrl-C, the end of the terminal, or the end or the request of the parent process. A second signal
 * ends this process at once.
 */
export const waitForShutdown = ({
  drainMs = 0,
  onReload,
}: ShutdownOptions = {}): Promise<StopTimes> =>
  new Promise((resolve) => {
    let asked = false
    const ask = (times: StopTimes) => {
      if (asked) process.exit(1)
      asked = true
      resolve(times)
    }
    process.on('SIGTERM', () => ask({ drainMs, lingerMs }))
    process.on('SIGINT', () => ask(immediate))
    const hadTerminal = hasTerminal()
    process.on('SIGHUP', () => {
      if (process.connected) return // The parent process has received it too, and decides.
      if (onReload !== undefined && hasTerminal() === hadTerminal) onReload()
      else ask(immediate)
    })
    process.on('message', (message) => {
      if (isStopMessage(message)) resolve(message.stop)
    })
    process.once('disconnect', () => resolve(replaced))
  })

/** A closed terminal can no longer be opened. */
const hasTerminal = () => {
  try {
    closeSync(openSync('/dev/tty', 'r'))
    return true
  } catch {
    return false
  }
}
