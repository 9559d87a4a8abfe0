import { type ChildProcess, fork } from 'node:child_process'
import { on, once } from 'node:events'

/** A queue of another library. */
export type Peer = {
  readonly name: string
  /** Runs a number of jobs that do nothing. Returns how many a second. */
  readonly jobsPerSecond: (redisUrl: string, count: number) => Promise<number>
}

export const concurrency = 10
const mostOnTheWay = 64

/** How a peer's jobs are submitted. */
type Producer = {
  readonly submit: () => Promise<unknown>
  readonly close: () => Promise<unknown>
}

/**
 * Makes a peer from the file of a worker and a function that connects a producer.
 *
 * @param workerFile a module that sends 0 when it is ready, and the number of done jobs after each hundred
 */
export const createPeer = (
  name: string,
  workerFile: string,
  connect: (redisUrl: string) => Promise<Producer>,
): Peer => ({
  name,
  jobsPerSecond: async (redisUrl, count) => {
    const worker = fork(new URL(workerFile, import.meta.url), [redisUrl])
    await once(worker, 'message')
    const { submit, close } = await connect(redisUrl)
    const begun = performance.now()
    const done = untilDone(worker, count)
    await manyTimes(count, submit)
    await done
    const seconds = (performance.now() - begun) / 1000
    await close()
    worker.kill()
    return count / seconds
  },
})

/** Does something `count` times, so many of them at a time as the load on dsapi has connections. */
const manyTimes = async (count: number, task: () => Promise<unknown>) => {
  let left = count
  const one = async () => {
    while (left-- > 0) await task()
  }
  await Promise.all(Array.from({ length: mostOnTheWay }, one))
}

const untilDone = async (worker: ChildProcess, count: number) => {
  for await (const [done] of on(worker, 'message')) if (Number(done) >= count) return
}
