import { table } from '../markdown.ts'
import { barChart } from './bar-chart.ts'
import { count, provenance, ratio, readResult } from './result.ts'

type Rate = { readonly name: string; readonly figure: number }
type Latency = { readonly median: number; readonly p99: number }
type Figures = {
  readonly one: readonly Rate[]
  readonly two: readonly Rate[]
  readonly half: Latency & { readonly rate: number }
  readonly many: readonly Rate[]
  readonly others: Latency
  readonly limitedOne: readonly Rate[]
  readonly limitedTwo: readonly Rate[]
}

const withoutLibrary = (name: string) => name.replace(/ \+ scikit-learn.*/, '')

const beside = (rates: readonly Rate[]) => {
  const [ours] = rates
  return rates.map(({ name, figure }) => [
    withoutLibrary(name),
    count(figure),
    ratio(ours.figure / figure),
  ])
}

const toTheFirst = (processes: string, [unlimited, limited]: readonly Rate[]) => [
  processes,
  count(unlimited.figure),
  count(limited.figure),
  ratio(limited.figure / unlimited.figure),
]

const ms = (value: number) => `${value.toFixed(1)} ms`

/** The plot of predictions a second over HTTP, for this page and for the README. */
export const httpPlot = (): string =>
  barChart(
    'Predictions a second over HTTP, one process each',
    readResult<Figures>('http').figures.one.map(({ name, figure }, index) => ({
      name: withoutLibrary(name),
      value: figure,
      isOurs: index === 0,
    })),
  )

export const httpBenchmark = (): string => {
  const result = readResult<Figures>('http')
  const { one, two, half, many, others, limitedOne, limitedTwo } = result.figures
  return `# Predictions over HTTP

![Predictions a second over HTTP, one process each](http.svg)

\`wrk\` sends \`GET /predict/…\` over 64 connections. The check of the key, the log and the metrics are on. All servers
answer in turns in one run, five rounds each, and the tables show medians. The services in Python do the same job with
scikit-learn.

One process each:

${table(['Server', 'Requests a second', 'dsapi to it'], beside(one))}

Two processes each:

${table(['Server', 'Requests a second', 'dsapi to it'], beside(two))}

A key with a rate and a daily quota, beside a key without limits, in requests a second:

${table(
  ['Processes', 'Without limits', 'With a rate and a quota', 'Ratio'],
  [toTheFirst('1', limitedOne), toTheFirst('2', limitedTwo)],
)}

At half of what one process can do, ${count(half.rate)} requests a second, a request takes ${ms(half.median)} (median) and
${ms(half.p99)} (p99), counted from the instant at which it is due.

\`POST /predict\` with 100,000 rows in a body, in rows a second:

${table(['Server', 'Rows a second', 'dsapi to it'], beside(many))}

While such bodies are predicted without a pause, other requests take ${ms(others.median)} (median) and ${ms(others.p99)} (p99).

${provenance('http', result)}
`
}
