import {
  addKeyUsage,
  addTraffic,
  type Database,
  every,
  inTransaction,
  type OnError,
  oneAtATime,
  type TrafficRow,
  trafficBuckets,
} from '@dsapi/db'
import { bucketOf, durationBounds } from './duration-buckets.ts'

type CountedRequest = {
  /** Undefined for a request without a valid key. */
  readonly keyId: string | undefined
  /** As it stands in the list of routes: few, whatever clients ask for. */
  readonly route: string
  readonly status: number
  readonly seconds: number
}

/** Counts requests by minute, key, route and class of status, and those of each key by day. */
export type TrafficCount = {
  readonly count: (request: CountedRequest) => void
  /** Writes what is counted and not in the database yet. */
  readonly flush: () => Promise<void>
  readonly stop: () => Promise<void>
}

type Series = {
  readonly keyId: string
  readonly route: string
  readonly statusClass: string
  readonly buckets: Uint32Array
}

type Batch = { readonly minute: number; readonly series: readonly Series[] }

type CountOptions = {
  readonly host: string
  /** Whether minutes are stored. If not, only days are counted. */
  readonly areMinutesKept: boolean
  readonly onError: OnError
}

const minuteMs = 60_000
const dayMinutes = 1440
/** Of one minute. Those with the fewest requests are added up under the key `other`. */
const mostSeries = 200
/** Minutes that wait while the database cannot be written. */
const mostBatches = 60

/** 429 is a class of its own. */
const classOf = (status: number) => (status === 429 ? 0 : Math.floor(status / 100))

type Minute = Map<string, Map<string, (Series | undefined)[]>>

/** Finds the counts of a key, a route and a class. Maps in maps take a tenth of the time of a text made of all three. */
const seriesIn = (minute: Minute, keyId: string, route: string, status: number): Series => {
  const ofKey = minute.get(keyId) ?? new Map<string, (Series | undefined)[]>()
  const ofRoute = ofKey.get(route) ?? []
  const found = classOf(status)
  const known = ofRoute[found]
  if (known !== undefined) return known
  const series = {
    ...{ keyId, route, statusClass: found === 0 ? '429' : `${found}xx` },
    buckets: new Uint32Array(durationBounds.length + 1),
  }
  ofRoute[found] = series
  minute.set(keyId, ofKey.set(route, ofRoute))
  return series
}

const allIn = (minute: Minute): readonly Series[] =>
  [...minute.values()]
    .flatMap((ofKey) => [...ofKey.values()].flat())
    .filter((series) => series !== undefined)

/** Starts counting, in memory. What is counted is written at the end of each minute, in one commit. */
export const countTraffic = (
  db: Database,
  { host, areMinutesKept, onError }: CountOptions,
): TrafficCount => {
  let all: Minute = new Map()
  let begunAt = Date.now()
  const unwritten: Batch[] = []

  const takeBatch = () => {
    if (all.size > 0) {
      unwritten.push({ minute: Math.floor(begunAt / minuteMs), series: allIn(all) })
    }
    if (unwritten.length > mostBatches) unwritten.shift()
    all = new Map()
    begunAt = Date.now()
  }

  const write = async () => {
    takeBatch()
    if (unwritten.length === 0) return
    for (let batch = unwritten.at(0); batch !== undefined; batch = unwritten.at(0)) {
      const { minute, series } = batch
      await inTransaction(db, async (transaction) => {
        await addKeyUsage(transaction, usageOf(series, Math.floor(minute / dayMinutes)))
        if (areMinutesKept) await addTraffic(transaction, rowsOf(series, minute, host))
      })
      unwritten.shift()
    }
  }

  const flush = oneAtATime(write, onError)
  const loop = every(() => minuteMs - (Date.now() % minuteMs), flush, onError)
  return {
    count: ({ keyId = '', route, status, seconds }) => {
      seriesIn(all, keyId, route, status).buckets[bucketOf(seconds)]++
    },
    flush,
    stop: async () => {
      await loop.stop()
      await flush()
    },
  }
}

/** One status of a class. */
const statusOf = (statusClass: string) => Number(statusClass.replaceAll('x', '0'))

const requestsOf = ({ buckets }: Series) => buckets.reduce((sum, count) => sum + count, 0)

/** All hosts write the same rows, so they write them in the same order to avoid deadlocks. */
const inOrder = (one: string, other: string) => (one < other ? -1 : 1)

const usageOf = (series: readonly Series[], day: number) => {
  const ofKeys = Map.groupBy(
    series.filter(({ keyId }) => keyId !== ''),
    ({ keyId }) => keyId,
  )
  const count = (ofKey: readonly Series[], first: string) =>
    ofKey
      .filter(({ statusClass }) => statusClass.startsWith(first))
      .reduce((sum, one) => sum + requestsOf(one), 0)
  return [...ofKeys]
    .toSorted(([one], [other]) => inOrder(one, other))
    .map(([keyId, ofKey]) => ({
      ...{ key_id: keyId, day, requests: count(ofKey, '') },
      ...{ client_errors: count(ofKey, '4'), server_errors: count(ofKey, '5') },
    }))
}

const rowsOf = (series: readonly Series[], minute: number, host: string): readonly TrafficRow[] => {
  const sorted = series.toSorted((one, other) => requestsOf(other) - requestsOf(one))
  const rest: Minute = new Map()
  for (const { route, statusClass, buckets } of sorted.slice(mostSeries)) {
    const sum = seriesIn(rest, 'other', route, statusOf(statusClass))
    for (const [bucket, count] of buckets.entries()) sum.buckets[bucket] += count
  }
  return [...sorted.slice(0, mostSeries), ...allIn(rest)]
    .toSorted((one, other) => inOrder(placeOf(one), placeOf(other)))
    .map(({ keyId, route, statusClass, buckets }) => ({
      ...{ minute, host, key_id: keyId, route, status: statusClass },
      ...countsOf(buckets),
    }))
}

const placeOf = ({ keyId, route, statusClass }: Series) => `${keyId} ${route} ${statusClass}`

const countsOf = (buckets: Uint32Array) => {
  const counts = trafficBuckets.map((name, bucket) => [name, buckets[bucket]] as const)
  return Object.fromEntries(counts) as Record<(typeof trafficBuckets)[number], number>
}
