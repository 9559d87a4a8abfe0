import { hostname } from 'node:os'
import { Worker } from 'node:worker_threads'
import { moduleBeside } from '@dsapi/inference/threads'
import { isDebugged } from './heartbeat.ts'

/** What the watching thread is given. */
export type OwnLoop = {
  /** Incremented by the event loop that is watched. */
  readonly beats: Int32Array<SharedArrayBuffer>
  readonly limitMs: number
  /** The log line before the process is killed, without its time. */
  readonly line: Readonly<Record<string, string | number>>
}

const fatalLevel = 60

/**
 * Starts a thread that kills this process when its event loop is blocked for longer than a limit: for a process without
 * a supervisor of dsapi, so that systemd, Docker or Kubernetes restarts it.
 *
 * @param name of the logger
 */
export const watchOwnLoop = (limitMs: number, name: string): void => {
  if (isDebugged()) return
  const beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const msg = `The event loop was blocked for ${limitMs / 1000} seconds: the process exits`
  const line = { level: fatalLevel, pid: process.pid, hostname: hostname(), name, msg }
  const workerData: OwnLoop = { beats, limitMs, line }
  const thread = new Worker(moduleBeside('own-loop-thread', import.meta.url), { workerData })
  thread.unref()
  setInterval(() => Atomics.add(beats, 0, 1), limitMs / 10).unref()
}
