import { describeMetrics } from '@dsapi/api/reference'
import { openDatabase } from '@dsapi/db'
import { code, table } from './markdown.ts'

/** The reference of metrics, made of the definitions that \`/metrics\` answers with. */
export const metricsPage = async (): Promise<string> => {
  const db = await openDatabase({ url: 'sqlite::memory:' }, { create: true })
  const metrics = describeMetrics(db)
  await db.destroy()
  return `# Metrics

\`GET /metrics\` answers in the text format of Prometheus. With several processes it is one answer for all of them. Besides
these there are the metrics of Node and of the process (\`nodejs_…\`, \`process_…\`): event-loop delay, garbage collection,
memory and processor time.

${table(
  ['Metric', 'Type', 'Labels', 'Meaning'],
  metrics.map(({ name, type, labelNames, help }) => [
    code(name),
    type,
    labelNames.map(code).join(', '),
    help,
  ]),
)}
`
}
