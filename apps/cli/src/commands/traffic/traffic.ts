import { readTraffic, type TrafficReport } from '@dsapi/auth'
import { withOwnDatabase } from '../../database/with-database.ts'
import { type Json, print, printJson, table } from '../../terminal/output.ts'

type TrafficOptions = Json & {
  readonly window: number
  readonly by: TrafficReport['by']
  readonly key?: string
  readonly route?: string
}

const milliseconds = (ms: number | null) => (ms === null ? '-' : `${ms}`)

const asRow = (name: string, counts: TrafficReport['total']) => [
  name,
  ...[counts.requests, counts.client_errors, counts.rate_limited, counts.server_errors].map(String),
  ...[counts.p50_ms, counts.p95_ms, counts.p99_ms].map(milliseconds),
]

/** Prints the traffic of a span of time. */
export const traffic = async (options: TrafficOptions): Promise<void> => {
  const { json, window: windowMs, by, key: keyId, route } = options
  const report = await withOwnDatabase((db) =>
    readTraffic(db, { windowMs, by, keyId, route, now: Date.now() }),
  )
  if (json) {
    printJson(report)
    return
  }
  const rows = report.groups.map(({ name, ...counts }) => asRow(name || '(no key)', counts))
  const header = [by.toUpperCase(), 'REQUESTS', '4XX', '429', '5XX', 'P50 MS', 'P95 MS', 'P99 MS']
  print(table(header, [...rows, asRow('total', report.total)]))
}
