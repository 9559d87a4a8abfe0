import { Queue } from 'bullmq'
import { manyTimes, type Peer, startPeerWorker, untilDone } from './peer.ts'

/** BullMQ as it comes: a producer, a worker process, jobs in Redis's memory alone. */
export const bullmq: Peer = {
  name: 'BullMQ 6.7.0',
  jobsPerSecond: async (redisUrl, count) => {
    const worker = await startPeerWorker('./bullmq-worker.ts', redisUrl)
    const queue = new Queue('peer', { connection: { url: redisUrl } })
    await queue.waitUntilReady()
    const begun = performance.now()
    const done = untilDone(worker, count)
    await manyTimes(count, () => queue.add('job', { feature_a: 1, feature_b: 1 }))
    await done
    const seconds = (performance.now() - begun) / 1000
    await queue.close()
    worker.kill()
    return count / seconds
  },
}
