import type { Database } from '@dsapi/db'
import type { Label } from '@dsapi/model'
import { countWaitingJobs } from '@dsapi/queue'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

type ObservedRequest = {
  readonly method: string
  /** As it stands in the list of routes: few, whatever clients ask for. */
  readonly route: string
  readonly status: number
  readonly seconds: number
}

/** What is counted, and its text as Prometheus reads it. */
export type Metrics = {
  readonly observeRequest: (request: ObservedRequest) => void
  readonly countPredictions: (label: Label, count: number) => void
  readonly setModel: (tag: string) => void
  /** Whether rates are limited for all processes together. */
  readonly setRateLimitsShared: (areShared: boolean) => void
  readonly text: () => Promise<string>
  readonly contentType: string
}

const methods = new Set(['GET', 'HEAD', 'POST', 'DELETE', 'PUT', 'PATCH', 'OPTIONS'])

const latencyBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/**
 * Makes the metrics of one process, named as Prometheus asks for it (its documentation, "Metric and label
 * naming"): base units, `_total` for what only grows. Jobs that wait and run are counted when somebody asks.
 */
export const createMetrics = (db: Database): Metrics => {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })

  const requests = new Counter({
    name: 'dsapi_http_requests_total',
    help: 'Requests answered, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    registers,
  })
  const seconds = new Histogram({
    name: 'dsapi_http_request_duration_seconds',
    help: 'From the request to its answer, by method and route.',
    labelNames: ['method', 'route'],
    buckets: latencyBuckets,
    registers,
  })
  const predictions = new Counter({
    name: 'dsapi_predictions_total',
    help: 'Predictions answered at once, by class.',
    labelNames: ['class'],
    registers,
  })
  const model = new Gauge({
    name: 'dsapi_model_info',
    help: 'The model that is served: 1 for its version.',
    labelNames: ['version'],
    registers,
  })
  const shared = new Gauge({
    name: 'dsapi_rate_limits_shared',
    help: '1 while rates are limited for all processes together, 0 while each limits by itself.',
    registers,
  })
  const jobs = new Gauge({
    name: 'dsapi_jobs',
    help: 'Jobs that wait or run now, of the whole database.',
    labelNames: ['state'],
    registers,
  })
  const oldest = new Gauge({
    name: 'dsapi_jobs_oldest_queued_seconds',
    help: 'For how long the longest waiting job has waited.',
    registers,
  })

  return {
    observeRequest: (request) => {
      const method = methods.has(request.method) ? request.method : 'other'
      const { route } = request
      requests.inc({ method, route, status: request.status })
      seconds.observe({ method, route }, request.seconds)
    },
    countPredictions: (label, count) => predictions.inc({ class: String(label) }, count),
    setModel: (version) => {
      model.reset()
      model.set({ version }, 1)
    },
    setRateLimitsShared: (areShared) => shared.set(areShared ? 1 : 0),
    text: async () => {
      const waiting = await countWaitingJobs(db, Date.now())
      jobs.set({ state: 'queued' }, waiting.queued)
      jobs.set({ state: 'running' }, waiting.running)
      oldest.set(waiting.oldestQueuedSeconds ?? 0)
      return registry.metrics()
    },
    contentType: registry.contentType,
  }
}
