import type { Authenticator, FollowedKeys } from '@dsapi/auth'
import type { Database } from '@dsapi/db'
import type { Label } from '@dsapi/inference'
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { createJobMetrics } from './job-metrics.ts'
import { createModelMetrics, type ModelState } from './model-metrics.ts'
import { createRequestCounts, type ObservedRequest } from './request-counts.ts'
import { createRetentionMetrics } from './retention-metrics.ts'
import type { ProcessSnapshot } from './snapshot.ts'
import { createVersionCounts, type VersionCounts } from './version-counts.ts'
import { createWebhookMetrics } from './webhook-metrics.ts'

/** What is counted in this process. */
export type Metrics = {
  readonly observeRequest: (request: ObservedRequest) => void
  readonly countPredictions: (model: string, label: Label, count: number) => void
  /** What the versions of the models did. */
  readonly versions: VersionCounts
  /** Has the state of the models reported with each snapshot. */
  readonly followModels: (states: () => readonly ModelState[]) => void
  /** Whether rates are limited for all hosts together. */
  readonly setRateLimitsShared: (areShared: boolean) => void
  /** @param endedFrom see `JobMetrics` */
  readonly snapshot: (endedFrom?: number) => Promise<ProcessSnapshot>
}

type MetricsDeps = {
  readonly db: Database
  readonly authenticator: Pick<Authenticator, 'lookups'>
  readonly keys: Pick<FollowedKeys, 'size'>
  /** How many predictions are not in their log, where there is one. */
  readonly unlogged: (() => number) | undefined
  /** Receives the reason why the metrics of jobs are not up to date. */
  readonly onError: (error: unknown) => void
}

/**
 * Makes the metrics of one process. The names follow Prometheus (its documentation, "Metric and label naming"): they have
 * base units, and counters end with `_total`.
 */
export const createMetrics = (
  { db, authenticator, keys, unlogged, onError }: MetricsDeps,
  registry: Registry = new Registry(),
): Metrics => {
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = createRequestCounts()
  const jobs = createJobMetrics(db, registry)
  const webhooks = createWebhookMetrics(db, registry)
  const refreshRetention = createRetentionMetrics(db, registry)

  const versions = createVersionCounts()
  const modelMetrics = createModelMetrics(registry)

  const predicted = new Map<string, Map<Label, number>>()
  new Counter({
    name: 'dsapi_predictions_total',
    help: 'Predictions that were answered directly, by model and class. Those of models without classes count as value.',
    labelNames: ['model', 'class'],
    registers,
    collect() {
      this.reset()
      for (const [model, ofModel] of predicted) {
        for (const [label, count] of ofModel) this.inc({ model, class: String(label) }, count)
      }
    },
  })
  if (unlogged !== undefined) {
    new Counter({
      name: 'dsapi_predictions_unlogged_total',
      help: 'Predictions that are missing from the prediction log, because they came faster than it could be written.',
      registers,
      collect() {
        this.reset()
        this.inc(unlogged())
      },
    })
  }
  const shared = new Gauge({
    name: 'dsapi_rate_limits_shared',
    help: '1 while Redis limits rates for all hosts together, 0 while each host limits rates by itself.',
    aggregator: 'min',
    registers,
  })
  new Counter({
    name: 'dsapi_key_cache_lookups_total',
    help: 'Lookups of keys: known if the key was in memory, unknown if it was looked up in the database.',
    labelNames: ['outcome'],
    registers,
    collect() {
      this.reset()
      const { known, unknown } = authenticator.lookups()
      this.inc({ outcome: 'known' }, known)
      this.inc({ outcome: 'unknown' }, unknown)
    },
  })
  new Gauge({
    name: 'dsapi_key_cache_keys',
    help: 'The number of keys in memory.',
    aggregator: 'max',
    registers,
    collect() {
      this.set(keys.size())
    },
  })
  new Gauge({
    name: 'dsapi_process_start_time_seconds',
    help: 'The start time of the newest process, in seconds since 1970.',
    aggregator: 'max',
    registers,
  }).set(performance.timeOrigin / 1000)
  new Gauge({
    name: 'dsapi_processes',
    help: 'The number of processes that answer requests.',
    registers,
  }).set(1)

  return {
    observeRequest: requests.observe,
    countPredictions: (model, label, count) => {
      const ofModel = predicted.get(model) ?? new Map<Label, number>()
      predicted.set(model, ofModel)
      ofModel.set(label, (ofModel.get(label) ?? 0) + count)
    },
    versions,
    followModels: modelMetrics.follow,
    setRateLimitsShared: (areShared) => shared.set(areShared ? 1 : 0),
    snapshot: async (endedFrom) => {
      // Metrics that need no database are most useful when the database cannot be read.
      const now = Date.now()
      const endedUntil = await jobs.refresh(endedFrom, now).catch(onError)
      await webhooks.refresh(endedFrom, now).catch(onError)
      await refreshRetention().catch(onError)
      const ours = [...requests.snapshots(), ...versions.snapshots()]
      const metrics = [...(await registry.getMetricsAsJSON()), ...ours]
      return { metrics, endedUntil: endedUntil ?? undefined }
    },
  }
}
