import type { ChildProcess } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import type { StopTimes } from '@dsapi/api'
import { isReadyMessage } from './ready.ts'
import { askToStop, replaced } from './wait-for-shutdown.ts'
import { watchChild } from './watchdog/watch-child.ts'

type SuperviseOptions = {
  /** Starts the process, with a channel to this one. */
  readonly start: () => ChildProcess
  /** Is told how long the pause is before the process comes back. */
  readonly onCrash: (pauseMs: number) => void
  /** A process that sends no heartbeat for so long is ended, and comes back; with 0, none is. */
  readonly hangMs: number
  /** Is told before such a process is ended. */
  readonly onHang: (pid: number | undefined) => void
}

/** A part of dsapi in a process of its own, which comes back when it ends by itself. */
export type Supervised = {
  /** What the process said when it was ready for the first time: for a server, its address. */
  readonly ready: string
  /**
   * Puts a new process in the old one's place: once it is ready, the old one finishes what it holds.
   *
   * @throws StartFailed when the new one ends before it is ready; the old one goes on
   */
  readonly restart: () => Promise<void>
  /** Lets the process finish what it holds, and waits until it has ended. */
  readonly stop: (times?: StopTimes) => Promise<void>
}

/** A process ended before it was ready; it has said why on standard error. */
export class StartFailed extends Error {
  override readonly name = 'StartFailed'
}

const firstPauseMs = 500
const longestPauseMs = 30_000
/** A process that has run this long was well: after it the pause is short again. */
const wellAfterMs = 60_000
/** A new process that takes longer than this to be ready is none that another should give way to. */
const readyWithinMs = 60_000
/** Longer than any process gives itself to stop, once it has drained. */
const killAfterMs = 20_000

/**
 * Runs a process and looks after it.
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
  let child = start()
  let pauseMs = firstPauseMs
  const ready = await whenReady(child)

  /** Has the process come back when it ends, as long as no other was put in its place. */
  const keepAlive = async (kept: ChildProcess) => {
    const startedAt = performance.now()
    if (hangMs > 0) watchChild(kept, hangMs, () => onHang(kept.pid))
    await untilEnded(kept)
    if (signal.aborted || kept !== child) return
    if (performance.now() - startedAt > wellAfterMs) pauseMs = firstPauseMs
    onCrash(pauseMs)
    await wait(pauseMs, undefined, { signal }).catch(() => {})
    if (signal.aborted || kept !== child) return
    pauseMs = Math.min(2 * pauseMs, longestPauseMs)
    child = start()
    await keepAlive(child)
  }
  void keepAlive(child)

  return {
    ready,
    restart: async () => {
      const next = start()
      const giveUp = setTimeout(() => next.kill('SIGKILL'), readyWithinMs)
      await whenReady(next).finally(() => clearTimeout(giveUp))
      const old = child
      child = next
      void keepAlive(next)
      if (signal.aborted) await letGo(next, replaced)
      await letGo(old, replaced)
    },
    stop: async (times = replaced) => {
      stopping.abort()
      await letGo(child, times)
    },
  }
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) =>
  exitCode !== null || signalCode !== null

/** Also when the process could not even be started, which node tells as an error, as it does other things. */
const untilEnded = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    if (hasEnded(child)) resolve()
    child.once('exit', () => resolve())
    child.on('error', () => {
      if (child.pid === undefined) resolve()
    })
  })

/** Asks a process to end, and waits until it has. */
const letGo = async (child: ChildProcess, times: StopTimes) => {
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
