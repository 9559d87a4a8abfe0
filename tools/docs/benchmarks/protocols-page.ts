import { table } from '../markdown.ts'
import { count, provenance, ratio, readResult } from './result.ts'

type Times = { readonly median: number; readonly p99: number }

type Figures = {
  readonly rows: number
  readonly features: number
  readonly rates: readonly {
    readonly name: string
    readonly bodyBytes: number
    readonly rowsPerSecond: number
    readonly cpuSeconds: number
  }[]
  readonly others: { readonly alone: Times; readonly meanwhile: Times }
}

const ms = (value: number) => `${value.toFixed(1)} ms`

export const protocolsBenchmark = (): string => {
  const result = readResult<Figures>('protocols')
  const { rows, features, rates, others } = result.figures
  const [first] = rates
  return `# Large bodies in each protocol

${count(rows)} rows of ${features} features in a body, to one process, the forms in turns.

${table(
  ['Form', 'Body', 'Rows a second', 'The first form to it', 'CPU time of a million rows'],
  rates.map(({ name, bodyBytes, rowsPerSecond, cpuSeconds }) => [
    name,
    `${(bodyBytes / 1e6).toFixed(1)} MB`,
    count(rowsPerSecond),
    ratio(first.rowsPerSecond / rowsPerSecond),
    `${cpuSeconds.toFixed(2)} s`,
  ]),
)}

${table(
  ['Single predictions of others', 'Median', 'p99'],
  [
    ['alone', ms(others.alone.median), ms(others.alone.p99)],
    [
      'while bodies of the first form are predicted',
      ms(others.meanwhile.median),
      ms(others.meanwhile.p99),
    ],
  ],
)}

${provenance('protocols', result)}
`
}
