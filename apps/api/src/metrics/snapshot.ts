import { AggregatorRegistry, type Registry } from 'prom-client'

/** All metrics of a process at an instant, as prom-client puts them into JSON. */
export type Snapshot = readonly object[]

/** What one process reports. */
export type ProcessSnapshot = {
  readonly metrics: Snapshot
  /** Until when it has counted the jobs that ended, where it does so. */
  readonly endedUntil: number | undefined
}

export type SnapshotValue = {
  readonly metricName?: string
  readonly labels: Readonly<Record<string, string | number>>
  readonly value: number
}

/** One metric in a snapshot that was not made by prom-client. */
export type MetricSnapshot = {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly aggregator: 'sum' | 'first'
  readonly values: readonly SnapshotValue[]
}

const together = (snapshots: readonly Snapshot[]): Registry =>
  AggregatorRegistry.aggregate(snapshots.map((snapshot) => [...snapshot]))

/** The snapshots of several processes as one text for Prometheus: counts are added up. */
export const textOf = (snapshots: readonly Snapshot[]): Promise<string> =>
  together(snapshots).metrics()

const isCount = (metric: object) =>
  'type' in metric &&
  (metric.type === 'counter' || metric.type === 'histogram') &&
  'aggregator' in metric &&
  metric.aggregator === 'sum'

/** What processes have counted, added up: that part of their metrics which outlives them. */
export const countsOf = (snapshots: readonly Snapshot[]): Promise<Snapshot> =>
  together(snapshots.map((snapshot) => snapshot.filter(isCount))).getMetricsAsJSON()
