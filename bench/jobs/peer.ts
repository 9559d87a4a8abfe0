import { type ChildProcess, fork } from 'node:child_process'
import { on, once } from 'node:events'

/** What a queue of another library can do. */
export type Peer = {
  readonly name: string
  /** Brings so many jobs that do nothing through, and gives how many a second. */
  readonly jobsPerSecond: (redisUrl: string, count: number) => Promise<number>
}

export const concurrency = 10
const mostOnTheWay = 64

/** Does something `count` times, so many of them at a time as the load on dsapi has connections. */
export const manyTimes = async (count: number, task: () => Promise<unknown>): Promise<void> => {
  let left = count
  const one = async () => {
    while (left-- > 0) await task()
  }
  await Promise.all(Array.from({ length: mostOnTheWay }, one))
}

/** A worker process, which says how many jobs it has done whenever it has done another hundred. */
export const startPeerWorker = async (file: string, redisUrl: string): Promise<ChildProcess> => {
  const worker = fork(new URL(file, import.meta.url), [redisUrl])
  await once(worker, 'message')
  return worker
}

/** Resolves when a worker has done `count` jobs in all. */
export const untilDone = async (worker: ChildProcess, count: number): Promise<void> => {
  for await (const [done] of on(worker, 'message')) if (Number(done) >= count) return
}
