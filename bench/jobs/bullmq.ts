import { Queue } from 'bullmq'
import { createPeer } from './peer.ts'

/** BullMQ with its defaults: a producer, a worker process, jobs only in Redis's memory. */
export const bullmq = createPeer('BullMQ 6.7.0', './bullmq-worker.ts', async (redisUrl) => {
  const queue = new Queue('peer', { connection: { url: redisUrl } })
  await queue.waitUntilReady()
  return {
    submit: () => queue.add('job', { feature_a: 1, feature_b: 1 }),
    close: () => queue.close(),
  }
})
