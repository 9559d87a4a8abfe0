import { hostname } from 'node:os'
import { Worker } from 'node:worker_threads'
import { moduleBeside } from '@dsapi/queue'
import { isDebugged } from './heartbeat.ts'

/** What the watching thread is given. */
export type OwnLoop = {
  /** Counted up by the event loop that is watched. */
  readonly beats: Int32Array<SharedArrayBuffer>
  readonly limitMs: number
  /** What is written before the process is ended; the time of it is added. */
  readonly line: Readonly<Record<string, string | number>>
}

const fatalLevel = 60

/**
 * Has a thread end this process when its event loop stands still for longer than a limit: for processes that no other
 * looks after, so that systemd, Docker or Kubernetes starts it anew.
 *
 * @param name the part of dsapi that speaks, as in the other lines of the log
 */
export const watchOwnLoop = (limitMs: number, name: string): void => {
  if (isDebugged()) return
  const beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const msg = `The event loop stood still for ${limitMs / 1000} seconds: the process ends itself`
  const line = { level: fatalLevel, pid: process.pid, hostname: hostname(), name, msg }
  const workerData: OwnLoop = { beats, limitMs, line }
  const thread = new Worker(moduleBeside('own-loop-thread', import.meta.url), { workerData })
  thread.unref()
  setInterval(() => Atomics.add(beats, 0, 1), limitMs / 10).unref()
}
