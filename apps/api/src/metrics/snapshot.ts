import { AggregatorRegistry } from 'prom-client'

/** All metrics of a process at an instant, as prom-client puts them into JSON. */
export type Snapshot = readonly object[]

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

/** The snapshots of several processes as one text for Prometheus: counts are added up. */
export const textOf = (snapshots: readonly Snapshot[]): Promise<string> =>
  AggregatorRegistry.aggregate(snapshots.map((snapshot) => [...snapshot])).metrics()
