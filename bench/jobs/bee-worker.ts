import BeeQueue from 'bee-queue'
import { concurrency } from './peer.ts'

const queue = new BeeQueue('peer', { redis: { url: process.argv[2] }, removeOnSuccess: true })
let done = 0
queue.process(concurrency, async () => {
  if (++done % 100 === 0) process.send?.(done)
})
queue.on('ready', () => process.send?.(0))
