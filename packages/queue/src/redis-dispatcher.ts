/// <reference path="./bee-queue-lua.d.ts" />
import { setTimeout } from 'node:timers/promises'
import type { Claim } from '@dsapi/db'
import BeeQueue from 'bee-queue'
import lua from 'bee-queue/lib/lua/index.js'
import { Redis } from 'ioredis'
import type { Claims, Dispatcher, Listener, OnError } from './dispatcher.ts'

// What is known of bee-queue 2.0, and dealt with in this file so that nobody else needs to know it:
//
// - It recognises an ioredis client by the name of its class alone, and otherwise connects quietly
//   to localhost with a client of its own: hence `RedisClient`.
// - It gives up for ever when Redis is away as it starts: hence it is made once Redis has answered.
// - It loads its Lua scripts once and then calls them by their hash, so a Redis that was restarted
//   or whose scripts were flushed refuses every call: hence the scripts are loaded again.
// - It drops a job in silence whose id it holds: hence ids carry the attempt, and to announce a job
//   twice does no harm.
// - It takes no job, for ever, when its first look for stalled jobs fails: hence that look is repeated
//   until it succeeds before it is told to begin.
// - It gives a dead worker's jobs to the next one without an end, lets both finish, and keeps no
//   results: hence it carries ids only, and the rows are the jobs.

class RedisClient extends Redis {}

type Ring = { readonly id: string }

/** How often a worker gives back the ids that a dead worker had taken from the list. */
const stalledCheckMs = 2500

/** For how long bee-queue tries to strike off the ids whose runs end while a worker stops. */
const closeTimeoutMs = 15_000
/** For how long it may go on with that once all runs have ended; Redis may be away. */
const lastWordMs = 1000

/**
 * The dispatcher for several processes or machines: bee-queue on Redis carries the ids. While Redis
 * is away nothing is announced and nobody waits for it; what was missed is announced later.
 *
 * @param url where Redis is, `redis://HOST:PORT`
 */
export const createRedisDispatcher = (url: string, onError: OnError): Dispatcher => {
  const client = new RedisClient(url, { maxRetriesPerRequest: null })
  client.on('error', onError)
  client.on('ready', () => void lua.buildCache(client).catch(onError))

  const makeQueue = (isWorker: boolean) => {
    const queue = new BeeQueue<Ring>('dsapi', {
      redis: client,
      isWorker,
      storeJobs: false,
      getEvents: false,
      sendEvents: false,
      removeOnSuccess: true,
      removeOnFailure: true,
    })
    queue.on('error', onError)
    return queue
  }

  let sender: BeeQueue<Ring> | undefined
  let closing: Promise<void> | undefined

  const ring = async ({ id, attempt }: Claim) => {
    sender ??= makeQueue(false)
    const job = sender.createJob({ id }).setId(`${id}:${attempt}`)
    await job.save().catch(async (error: unknown) => {
      if (!isNoScript(error)) throw error
      await lua.buildCache(client)
      await job.save()
    })
  }

  const listen = (claims: Claims, concurrency: number): Listener => {
    const stopping = new AbortController()
    let queue: BeeQueue<Ring> | undefined
    const begin = async () => {
      const worker = makeQueue(true)
      queue = worker
      await untilItSucceeds(() => worker.checkStalledJobs(), onError, stopping.signal)
      if (stopping.signal.aborted) return
      worker.process(concurrency, async ({ data }) => {
        const run = await claims.byId(data.id)
        await run?.done
      })
      await worker.checkStalledJobs(stalledCheckMs)
    }
    const beginAndTell = () => void begin().catch(onError)
    if (client.status === 'ready') beginAndTell()
    else client.once('ready', beginAndTell)
    return {
      stop: async () => {
        stopping.abort()
        client.off('ready', beginAndTell)
        closing = queue?.close(closeTimeoutMs).catch(onError)
      },
    }
  }

  return {
    announce: (job) => {
      if (client.status === 'ready') void ring(job).catch(onError)
    },
    listen,
    close: async () => {
      await Promise.race([closing, setTimeout(lastWordMs)])
      client.disconnect()
    },
  }
}

const retryMs = 500

const untilItSucceeds = async (
  task: () => Promise<unknown>,
  onError: OnError,
  signal: AbortSignal,
) => {
  while (!signal.aborted) {
    try {
      await task()
      return
    } catch (error) {
      onError(error)
      await setTimeout(retryMs, undefined, { signal }).catch(() => {})
    }
  }
}

const isNoScript = (error: unknown) =>
  error instanceof Error && error.message.startsWith('NOSCRIPT')
