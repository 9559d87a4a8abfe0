import BeeQueue from 'bee-queue'
import { manyTimes, type Peer, startPeerWorker, untilDone } from './peer.ts'

/** bee-queue as it comes: a producer, a worker process, jobs in Redis's memory alone. */
export const bee: Peer = {
  name: 'bee-queue 2.0.0',
  jobsPerSecond: async (redisUrl, count) => {
    const worker = await startPeerWorker('./bee-worker.ts', redisUrl)
    const queue = new BeeQueue('peer', {
      isWorker: false,
      getEvents: false,
      redis: { url: redisUrl },
    })
    await queue.ready()
    const begun = performance.now()
    const done = untilDone(worker, count)
    await manyTimes(count, () => queue.createJob({ feature_a: 1, feature_b: 1 }).save())
    await done
    const seconds = (performance.now() - begun) / 1000
    await queue.close()
    worker.kill()
    return count / seconds
  },
}
