import { table } from '../markdown.ts'
import { count, provenance, readResult } from './result.ts'

type Figures = {
  readonly minutes: number
  readonly operations: number
  readonly rows: readonly {
    readonly what: string
    readonly quarters: readonly number[]
    readonly most: number
  }[]
}

const names: Readonly<Record<string, string>> = {
  api: 'API process',
  heap: 'API process, its heap',
  worker: 'worker process',
}

export const memoryBenchmark = (): string => {
  const result = readResult<Figures>('soak')
  const { minutes, operations, rows } = result.figures
  return `# Memory over an hour

A soak test of ${minutes} minutes with ${count(operations)} mixed operations, valid and invalid: predictions, large bodies, slow
predictions, batches and wrong keys. The table shows the median of each quarter in MiB.

${table(
  ['Process', '1st quarter', '2nd', '3rd', '4th', 'Peak'],
  rows.map(({ what, quarters, most }) => [
    names[what] ?? what,
    ...quarters.map(String),
    String(most),
  ]),
)}

${provenance('soak', result)} \`bench:soak 2\` runs for two minutes.
`
}
