import type { ChildProcess } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import type { StopTimes } from '@dsapi/api'
import { ReportedError } from '../terminal/cli-error.ts'
import { isReadyMessage } from './ready-message.ts'
import { askToStop, replaced } from './wait-for-shutdown.ts'
import { watchChild } from './watchdog/watch-child.ts'

type SuperviseOptions = {
  /** Starts the process, with a channel to this one. */
  readonly start: () => ChildProcess
  /** Called when the process has ended unexpectedly, with the pause before it is restarted. */
  readonly onCrash: (pauseMs: number) => void
  /** A process without a heartbeat for so long is killed and restarted; 0 turns this off. */
  readonly hangMs: number
  /** Called before such a process is killed. */
  readonly onHang: (pid: number | undefined) => void
}

/** A child process, or several, restarted when they end unexpectedly. */
export type Supervised = {
  /** The address of a server. */
  readonly address: string
  /**
   * Starts a new process, and stops the old one once the new one is ready.
   *
   * @throws StartFailed when the new process ends before it is ready; the old one goes on
   */
  readonly restart: () => Promise<void>
  /** Lets the process finish its requests or jobs, and waits until it has ended. */
  readonly stop: (times?: StopTimes) => Promise<void>
}

/** A process ended before it was ready; it has printed why on standard error. */
class StartFailed extends ReportedError {
  override readonly name = 'StartFailed'
}

const firstPauseMs = 500
const longestPauseMs = 30_000
/** After a process that ran this long, the pause is short again. */
const stableAfterMs = 60_000
/** A new process that takes longer than this to be ready is killed, and the old one goes on. */
const readyWithinMs = 60_000
/** Longer than any process takes to stop once it has drained. */
const killAfterMs = 20_000

/**
 * Runs a process and restarts it when it ends.
 *
 * @throws StartFailed when the process ends before it is ready for the first time
 */
export const supervise = async ({
  start,
  onCrash,
  hangMs,
  onHang,
}: SuperviseOptions): Promise<Supervised> => {
  const stopping = new AbortController()
  const { signal } = stopping
  // Watched from its start, so that no heartbeat is missed; nothing happens before the first.
  const startWatched = () => {
    const started = start()
    if (hangMs > 0) watchChild(started, hangMs, () => onHang(started.pid))
    return started
  }

  let child = startWatched()
  let pauseMs = firstPauseMs
  const address = await whenReady(child)

  /** Restarts the process when it ends, unless another has replaced it. */
  const keepAlive = async (current: ChildProcess) => {
    const startedAt = performance.now()
    await untilEnded(current)
    if (signal.aborted || current !== child) return
    if (performance.now() - startedAt > stableAfterMs) pauseMs = firstPauseMs
    onCrash(pauseMs)
    await wait(pauseMs, undefined, { signal }).catch(() => {})
    if (signal.aborted || current !== child) return
    pauseMs = Math.min(2 * pauseMs, longestPauseMs)
    child = startWatched()
    await keepAlive(child)
  }
  void keepAlive(child)

  return {
    address,
    restart: async () => {
      const next = startWatched()
      const giveUp = setTimeout(() => next.kill('SIGKILL'), readyWithinMs)
      await whenReady(next).finally(() => clearTimeout(giveUp))
      const old = child
      child = next
      void keepAlive(next)
      if (signal.aborted) await endChild(next, replaced)
      await endChild(old, replaced)
    },
    stop: async (times = replaced) => {
      stopping.abort()
      await endChild(child, times)
    },
  }
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) =>
  exitCode !== null || signalCode !== null

/** Also resolves when the process could not be started: Node then emits an error, and no exit. */
const untilEnded = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    if (hasEnded(child)) resolve()
    child.once('exit', () => resolve())
    child.on('error', () => {
      if (child.pid === undefined) resolve()
    })
  })

/** Asks a process to end, kills it if it does not, and waits until it has ended. */
const endChild = async (child: ChildProcess, times: StopTimes) => {
  if (hasEnded(child)) return
  askToStop(child, times)
  const kill = setTimeout(() => child.kill('SIGKILL'), times.drainMs + killAfterMs)
  await untilEnded(child)
  clearTimeout(kill)
}

const whenReady = (child: ChildProcess) =>
  new Promise<string>((resolve, reject) => {
    child.on('message', (message) => {
      if (isReadyMessage(message)) resolve(message.ready)
    })
    child.once('exit', () => reject(new StartFailed()))
    child.on('error', (error) => {
      if (child.pid === undefined) reject(error)
    })
  })
