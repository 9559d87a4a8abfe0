import {
  type Database,
  sumTrafficBy,
  sumTrafficByTime,
  type TrafficSum,
  trafficBuckets,
} from '@dsapi/db'
import { quantileMs } from './duration-buckets.ts'

/** What a report of traffic is broken down by. */
export const trafficGroups = ['key', 'route', 'status'] as const
export type TrafficGroup = (typeof trafficGroups)[number]

type TrafficOptions = {
  readonly windowMs: number
  readonly by: TrafficGroup
  readonly keyId?: string | undefined
  readonly route?: string | undefined
  /** Milliseconds since 1970 (UTC). */
  readonly now: number
}

const minuteMs = 60_000
/** Steps of time, in minutes. A report has about a hundred at most. */
const steps = [1, 5, 15, 60, 120, 360, 1440]
const mostSteps = 100
const mostGroups = 50

const columns = { key: 'key_id', route: 'route', status: 'status' } as const

/** Requests of a window of time up to now: all together, step by step, and by key, route or status, as JSON. */
export const readTraffic = async (
  db: Database,
  { windowMs, by, now, ...filter }: TrafficOptions,
) => {
  const minutes = Math.max(1, Math.ceil(windowMs / minuteMs))
  const stepMinutes = steps.find((step) => minutes / step <= mostSteps) ?? 1440
  const end = Math.floor(now / minuteMs)
  const since = end - minutes - ((end - minutes) % stepMinutes)
  const asked = { ...filter, since }
  const byTime = await sumTrafficByTime(db, { ...asked, stepMinutes })
  const groups = await sumTrafficBy(db, { ...asked, by: columns[by] })
  const ofStep = Map.groupBy(byTime, ({ step }) => step)
  const starts: number[] = []
  for (let start = since; start <= end; start += stepMinutes) starts.push(start)
  return {
    since: iso(since),
    step_seconds: stepMinutes * 60,
    total: countsOf(byTime),
    steps: starts.map((start) => ({ at: iso(start), ...countsOf(ofStep.get(start) ?? []) })),
    by,
    groups: [...Map.groupBy(groups, ({ name }) => name)]
      .map(([name, sums]) => ({ name, ...countsOf(sums) }))
      .toSorted((one, other) => other.requests - one.requests)
      .slice(0, mostGroups),
  }
}

export type TrafficReport = Awaited<ReturnType<typeof readTraffic>>

const iso = (minute: number) => new Date(minute * minuteMs).toISOString()

const countsOf = (sums: readonly TrafficSum[]) => {
  const of = (first: string) =>
    trafficBuckets.map((bucket) =>
      sums
        .filter(({ status }) => status.startsWith(first))
        .reduce((sum, row) => sum + row[bucket], 0),
    )
  const total = (buckets: readonly number[]) => buckets.reduce((sum, count) => sum + count, 0)
  const all = of('')
  return {
    requests: total(all),
    client_errors: total(of('4')),
    rate_limited: total(of('429')),
    server_errors: total(of('5')),
    p50_ms: quantileMs(all, 0.5),
    p95_ms: quantileMs(all, 0.95),
    p99_ms: quantileMs(all, 0.99),
  }
}
