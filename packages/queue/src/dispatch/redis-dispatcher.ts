/// <reference path="./bee-queue-lua.d.ts" />
import { setTimeout } from 'node:timers/promises'
import { followHealth, type OnError, oneAtATime } from '@dsapi/db'
import BeeQueue from 'bee-queue'
import lua from 'bee-queue/lib/lua/index.js'
import { Redis } from 'ioredis'
import type { Dispatcher, Listener, OnWake } from './dispatcher.ts'

// Facts about bee-queue 2.0, which no other file needs to know:
//
// - It recognises an ioredis client by the name of its class alone, and otherwise connects quietly
//   to localhost with a client of its own: hence `RedisClient`.
// - It gives up for ever when Redis is unreachable as it starts: hence it is made once Redis has answered, and
//   made again until it was ready once.
// - It loads its Lua scripts once and then calls them by their hash, so a Redis that was restarted
//   or whose scripts were flushed refuses every call: hence the scripts are loaded again.
// - It takes no job, for ever, when its first look for stalled jobs fails: hence that look is repeated
//   until it succeeds before it begins.
// - It gives a dead worker's jobs to the next one without an end, lets both finish, keeps no results, and
//   spends eight commands on each: hence its jobs are wake-ups, of which one that waits is enough, and the
//   rows are the jobs.

class RedisClient extends Redis {}

const name = 'dsapi'
/** Where bee-queue keeps the ids of its jobs that nobody has taken yet. */
const waitingKey = `bq:${name}:waiting`

/** What is written to see whether Redis writes at all: it is gone by itself a moment later. */
const probeKey = `bq:${name}:probe`
const probeMs = 1000

/** How often a worker looks for wake-ups that a dead worker had taken. */
const stalledCheckMs = 2500

/** How long bee-queue may take to write that the last wake-up was handled. */
const closeTimeoutMs = 1000
/** How often a worker polls, unless an option says otherwise. */
const lookMs = 1000

export type RedisOptions = {
  readonly lookMs?: number
  /** Is called when Redis works again. */
  readonly onReconnected?: () => void
}

/**
 * The dispatcher for several processes or machines: bee-queue on Redis carries wake-ups, each to one worker. While Redis is
 * unreachable or refuses writes, nothing is announced, no job waits for that, and workers find jobs by polling.
 *
 * @param url where Redis is, `redis://HOST:PORT`
 * @param reportError is called once each time that Redis becomes unreachable, and for any other error
 */
export const createRedisDispatcher = (
  url: string,
  reportError: OnError,
  options: RedisOptions = {},
): Dispatcher => {
  const client = new RedisClient(url, { maxRetriesPerRequest: null })
  const health = followHealth({
    ask: async () => {
      if (client.status !== 'ready') throw new Error('There is no connection')
      // Where its database is refused as it connects, ioredis goes on with number 0.
      if (client.options.db) await client.select(client.options.db)
      await client.set(probeKey, '', 'PX', probeMs)
    },
    onFailure: (cause) =>
      reportError(
        new Error('Redis is unreachable or refuses writes: workers find jobs by polling', {
          cause,
        }),
      ),
    onRecovery: () => {
      options.onReconnected?.()
      announce() // For the jobs that were submitted meanwhile.
    },
  })
  /** Errors that follow from an unreachable Redis are not reported one by one. */
  const onError = (error: unknown) =>
    void health.look().then(() => {
      if (health.isOk()) reportError(error)
    })
  client.on('error', health.failed)
  client.on('ready', () => {
    void lua.buildCache(client).catch(onError)
    void health.look()
    announce()
  })

  const makeQueue = (isWorker: boolean) => {
    const queue = new BeeQueue(name, {
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

  const makeSender = () => {
    const queue = makeQueue(false)
    queue.ready().catch(onError)
    return queue
  }

  const makeReadyWorker = async () => {
    const queue = makeQueue(true)
    try {
      return await queue.ready()
    } catch (error) {
      void queue.close(closeTimeoutMs).catch(() => {})
      throw error
    }
  }

  const works = () => client.status === 'ready' && health.isOk()
  let sender: BeeQueue | undefined
  let closing: Promise<void> | undefined

  const wakeOne = async () => {
    sender ??= makeSender()
    // A wake-up that waits is handled after this, by a worker that sees all that is written by now.
    if ((await client.llen(waitingKey)) > 0) return
    const job = sender.createJob({})
    await job.save().catch(async (error: unknown) => {
      if (!isNoScript(error)) throw error
      await lua.buildCache(client)
      await job.save()
    })
  }
  const announce = oneAtATime(() => (works() ? wakeOne() : Promise.resolve()), onError)

  const listen = (onWake: OnWake): Listener => {
    const stopping = new AbortController()
    let queue: BeeQueue | undefined
    const begin = async () => {
      const { signal } = stopping
      const worker = await untilItSucceeds(makeReadyWorker, onError, signal)
      queue = worker
      await untilItSucceeds(async () => worker?.checkStalledJobs(), onError, signal)
      if (worker === undefined || signal.aborted) return
      worker.process(1, onWake)
      await worker.checkStalledJobs(stalledCheckMs)
    }
    const beginAndReport = () => void begin().catch(onError)
    if (client.status === 'ready') beginAndReport()
    else client.once('ready', beginAndReport)
    return {
      stop: async () => {
        stopping.abort()
        client.off('ready', beginAndReport)
        closing = queue?.close(closeTimeoutMs).catch(onError)
      },
    }
  }

  return {
    announce,
    lookMs: () => options.lookMs ?? lookMs,
    listen,
    redis: () => (works() ? 'ok' : 'away'),
    close: async () => {
      health.stop()
      await closing
      client.disconnect()
    },
  }
}

const retryMs = 500

const untilItSucceeds = async <T>(
  task: () => Promise<T>,
  onError: OnError,
  signal: AbortSignal,
): Promise<T | undefined> => {
  while (!signal.aborted) {
    try {
      return await task()
    } catch (error) {
      onError(error)
      await setTimeout(retryMs, undefined, { signal }).catch(() => {})
    }
  }
  return undefined
}

const isNoScript = (error: unknown) =>
  error instanceof Error && error.message.startsWith('NOSCRIPT')
