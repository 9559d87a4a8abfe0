import { Worker } from 'bullmq'
import { concurrency } from './peer.ts'

let done = 0
const worker = new Worker('peer', async () => null, {
  connection: { url: process.argv[2], maxRetriesPerRequest: null },
  concurrency,
  removeOnComplete: { count: 0 },
})
worker.on('completed', () => {
  if (++done % 100 === 0) process.send?.(done)
})
worker.on('ready', () => process.send?.(0))
