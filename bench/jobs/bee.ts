import BeeQueue from 'bee-queue'
import { createPeer } from './peer.ts'

/** bee-queue with its defaults: a producer, a worker process, jobs only in Redis's memory. */
export const bee = createPeer('bee-queue 2.0.0', './bee-worker.ts', async (redisUrl) => {
  const options = { isWorker: false, getEvents: false, redis: { url: redisUrl } }
  const queue = await new BeeQueue('peer', options).ready()
  return {
    submit: () => queue.createJob({ feature_a: 1, feature_b: 1 }).save(),
    close: () => queue.close(),
  }
})
