import { durationBounds as bounds } from '@dsapi/auth'
import type { MetricSnapshot, SnapshotValue } from './snapshot.ts'

export type ObservedRequest = {
  /** Ours without it. */
  readonly protocol?: string | undefined
  readonly method: string
  /** As it stands in the list of routes: few, whatever clients ask for. */
  readonly route: string
  readonly status: number
  readonly seconds: number
}

/** How many requests there were, and how long they took. */
export type RequestCounts = {
  readonly observe: (request: ObservedRequest) => void
  readonly snapshots: () => readonly MetricSnapshot[]
}

type Series = {
  readonly protocol: string | undefined
  readonly method: string
  readonly route: string
  readonly status: number
  /** One for each bound, and one for what is above them all. */
  readonly buckets: Uint32Array
  sum: number
}

const methods = new Set(['GET', 'HEAD', 'POST', 'DELETE', 'PUT', 'PATCH', 'OPTIONS'])

const total = {
  name: 'dsapi_http_requests_total',
  help: 'Answered requests, by method, route, status and, where it is not ours, protocol.',
  type: 'counter',
} as const
const duration = {
  name: 'dsapi_http_request_duration_seconds',
  help: 'Seconds from a request to its answer, by method, route and, where it is not ours, protocol.',
  type: 'histogram',
} as const

/** The two metrics of requests, with their labels. */
export const requestMetrics = [
  { ...total, labelNames: ['method', 'route', 'status', 'protocol'] },
  { ...duration, labelNames: ['method', 'route', 'protocol'] },
]

/** Counts in arrays of its own: prom-client's counter and histogram take four times as long for each. */
export const createRequestCounts = (): RequestCounts => {
  const all = new Map<string, Series>()
  let last: Series | undefined

  const seriesOf = (
    protocol: string | undefined,
    method: string,
    route: string,
    status: number,
  ) => {
    // Most requests are of the same kind as the one before; a name takes longer to make than this.
    // A route has one protocol, unless there is no route.
    if (
      last?.status === status &&
      last.route === route &&
      last.method === method &&
      last.protocol === protocol
    ) {
      return last
    }
    const name = `${protocol} ${method} ${status} ${route}`
    let series = all.get(name)
    if (series === undefined) {
      series = {
        protocol,
        method,
        route,
        status,
        buckets: new Uint32Array(bounds.length + 1),
        sum: 0,
      }
      all.set(name, series)
    }
    last = series
    return series
  }

  return {
    observe: ({ protocol, method, route, status, seconds }) => {
      const series = seriesOf(protocol, methods.has(method) ? method : 'other', route, status)
      let bucket = 0
      while (bucket < bounds.length && seconds > bounds[bucket]) bucket++
      series.buckets[bucket]++
      series.sum += seconds
    },
    snapshots: () => [
      {
        ...total,
        aggregator: 'sum',
        values: [...all.values()].map(({ protocol, method, route, status, buckets }) => ({
          labels: { method, route, status, ...(protocol && { protocol }) },
          value: buckets.reduce((sum, count) => sum + count, 0),
        })),
      },
      {
        ...duration,
        aggregator: 'sum',
        values: [...all.values()].flatMap(histogramValues),
      },
    ],
  }
}

/** As prom-client writes a histogram: each bucket holds what is at or below its bound. Series that differ only
 * in their status are added up with those of the other processes. */
const histogramValues = ({ protocol, method, route, buckets, sum }: Series): SnapshotValue[] => {
  const labels = { method, route, ...(protocol && { protocol }) }
  let count = 0
  const values: SnapshotValue[] = [...bounds, '+Inf'].map((le, i) => {
    count += buckets[i]
    return { metricName: `${duration.name}_bucket`, labels: { le, ...labels }, value: count }
  })
  return [
    ...values,
    { metricName: `${duration.name}_sum`, labels, value: sum },
    { metricName: `${duration.name}_count`, labels, value: count },
  ]
}
