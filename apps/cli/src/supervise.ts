import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { isReadyMessage } from './ready.ts'

/** A part of dsapi in a process of its own, which comes back when it ends by itself. */
export type Supervised = {
  /** What the process said when it was ready for the first time: for a server, its address. */
  readonly ready: string
  /** Lets the process finish what it holds, and waits until it has ended. */
  readonly stop: () => Promise<void>
}

/** A process ended before it was ready; it has said why on standard error. */
export class StartFailed extends Error {
  override readonly name = 'StartFailed'
}

const firstPauseMs = 500
const longestPauseMs = 30_000
/** A process that has run this long was well: after it the pause is short again. */
const wellAfterMs = 60_000
/** Longer than any process gives itself to stop. */
const killAfterMs = 20_000

/**
 * Runs `dsapi COMMAND` in a process of its own and looks after it.
 *
 * @param main the file that this process runs
 * @param onCrash is told how long the pause is before the process comes back
 * @throws StartFailed when the process ends before it is ready for the first time
 */
export const supervise = async (
  main: string,
  command: string,
  onCrash: (pauseMs: number) => void,
): Promise<Supervised> => {
  const stopping = new AbortController()
  const { signal } = stopping
  let child = fork(main, [command])
  const ready = await whenReady(child)

  const keepAlive = async () => {
    let pauseMs = firstPauseMs
    while (true) {
      const startedAt = performance.now()
      await untilEnded(child)
      if (signal.aborted) return
      if (performance.now() - startedAt > wellAfterMs) pauseMs = firstPauseMs
      onCrash(pauseMs)
      await wait(pauseMs, undefined, { signal }).catch(() => {})
      if (signal.aborted) return
      pauseMs = Math.min(2 * pauseMs, longestPauseMs)
      child = fork(main, [command])
    }
  }
  const ended = keepAlive()

  return {
    ready,
    stop: async () => {
      stopping.abort()
      // Not a signal: Ctrl-C has sent the child one already, and a second means "at once".
      if (child.connected) child.disconnect()
      const kill = setTimeout(() => child.kill('SIGKILL'), killAfterMs)
      await ended
      clearTimeout(kill)
    },
  }
}

/** Also when the process could not even be started, which node tells as an error. */
const untilEnded = async (child: ChildProcess) => {
  if (child.exitCode === null && child.signalCode === null)
    await once(child, 'exit').catch(() => {})
}

const whenReady = (child: ChildProcess) =>
  new Promise<string>((resolve, reject) => {
    child.on('message', (message) => {
      if (isReadyMessage(message)) resolve(message.ready)
    })
    child.once('exit', () => reject(new StartFailed()))
    child.once('error', reject)
  })
