import type { Database } from '@dsapi/db'
import { Registry } from 'prom-client'
import { createMetrics } from './metrics.ts'
import { requestMetrics } from './request-counts.ts'
import { versionMetrics } from './version-counts.ts'

/** A metric, as the documentation lists it. */
export type MetricDescription = {
  readonly name: string
  readonly help: string
  readonly type: string
  readonly labelNames: readonly string[]
}

type Described = Omit<MetricDescription, 'labelNames'> & { readonly labelNames?: readonly string[] }

/**
 * Lists the metrics that dsapi makes, without those of Node and of the process, which prom-client adds.
 *
 * @param db is not asked for anything
 */
export const describeMetrics = (db: Database): readonly MetricDescription[] => {
  const registry = new Registry()
  createMetrics(
    {
      db,
      authenticator: { lookups: () => ({ known: 0, unknown: 0 }) },
      keys: { size: () => 0 },
      unlogged: () => 0,
      onError: () => {},
    },
    registry,
  )
  // prom-client's types leave out what each of its metrics has.
  const ours = (registry.getMetricsAsArray() as unknown as readonly Described[]).filter(
    ({ name }) => name.startsWith('dsapi_'),
  )
  return [...requestMetrics, ...versionMetrics, ...ours].map(
    ({ name, help, type, labelNames = [] }) => ({
      name,
      help,
      type,
      labelNames,
    }),
  )
}
