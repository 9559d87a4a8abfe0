import { table } from '../markdown.ts'
import { count, provenance, ratio, readResult } from './result.ts'

type Evaluated = {
  readonly name: string
  readonly oneRowMicroseconds: number
  readonly rowsPerSecond: number
}
type Served = {
  readonly name: string
  readonly requestsPerSecond: number
  readonly p50: number
  readonly p99: number
  readonly cpuMicroseconds: number
}
type ByPathAndBody = { readonly path: readonly Served[]; readonly body: readonly Served[] }
type Latency = { readonly p50: number; readonly p99: number; readonly most: number }
type Figures = {
  readonly evaluated: readonly Evaluated[]
  readonly trees: ByPathAndBody
  readonly logistic: ByPathAndBody
  readonly forest: ByPathAndBody
  readonly memory: readonly {
    readonly name: string
    readonly processMB: number
    readonly childMB: number
  }[]
  readonly swaps: {
    readonly swaps: number
    readonly rate: number
    readonly still: Latency
    readonly swapping: Latency
  }
}

const ms = (value: number) => `${value.toFixed(1)} ms`

const served = (all: readonly Served[]) =>
  table(
    ['Server', 'Requests a second', 'dsapi to it', 'Median', 'p99', 'CPU a request', 'It to dsapi'],
    all.map(({ name, requestsPerSecond, p50, p99, cpuMicroseconds }) => [
      name,
      count(requestsPerSecond),
      ratio(all[0].requestsPerSecond / requestsPerSecond),
      ms(p50),
      ms(p99),
      `${cpuMicroseconds.toFixed(0)} µs`,
      ratio(cpuMicroseconds / all[0].cpuMicroseconds),
    ]),
  )

const byPathAndBody = ({ path, body }: ByPathAndBody) => `One row in the path, \`GET /predict/…\`:

${served(path)}

One row in a body, \`POST /predict\`:

${served(body)}`

const evaluation = (all: readonly Evaluated[]) => {
  const [ours] = all
  return table(
    [
      '100 trees of depth 6, 30 features',
      'One row',
      'Our time to it',
      'Rows a second',
      'Our rate to it',
    ],
    all.map(({ name, oneRowMicroseconds, rowsPerSecond }) => [
      name,
      `${oneRowMicroseconds.toFixed(1)} µs`,
      ratio(ours.oneRowMicroseconds / oneRowMicroseconds),
      count(rowsPerSecond),
      ratio(ours.rowsPerSecond / rowsPerSecond),
    ]),
  )
}

const megabytes = (value: number) => (value === 0 ? '' : `${value.toFixed(1)} MB`)

export const modelsBenchmark = (): string => {
  const result = readResult<Figures>('models')
  const { evaluated, trees, logistic, forest, memory, swaps } = result.figures
  return `# Models of every kind

All candidates are measured in turns in one run; the tables show medians.

## Computing

The same ensemble with the same rows, of which a twentieth of the values is missing: as XGBoost's JSON for \`@dsapi/trees\` and
for XGBoost, and as a \`TreeEnsembleClassifier\` for onnxruntime. Before they are measured, their probabilities are compared.
LightGBM computes an ensemble of the same size that it has trained. Each uses one thread. One row is a call with one row,
each time another; rows a second are of a call with 10,000 rows.

${evaluation(evaluated)}

## Trees over HTTP

\`wrk\` sends requests over 64 connections. One process each. The check of the key, the log and the metrics of dsapi are on.
The processor time of a request is that of all processes of a server. Other work on the machine changes it less than the requests
a second, which the server and \`wrk\` share two cores for.

${byPathAndBody(trees)}

## scikit-learn over HTTP

A pickled pipeline in two processes of Python each: behind dsapi, and in two workers of FastAPI. dsapi gathers the rows that
arrive together, or while a process computes, and sends them to it together.

Two workers on asyncio take about 44 ms a request at little processor time: they wait rather than compute. On uvloop they do not.

\`StandardScaler\` and \`LogisticRegression\`:

${byPathAndBody(logistic)}

\`StandardScaler\` and \`RandomForestClassifier\` with 100 trees:

${byPathAndBody(forest)}

## Memory

By how much resident memory grows when a first model of its kind is loaded and has predicted a row, with the code and the
engine that compute it. A second model of the same kind takes less.

${table(
  ['Model', 'The process that loads it', 'Its child process'],
  memory.map(({ name, processMB, childMB }) => [name, megabytes(processMB), megabytes(childMB)]),
)}

## New versions under load

${count(swaps.swaps)} times another version of 100 trees is served while ${count(swaps.rate)} requests a second come at an even pace. All
requests are answered with 200. Times are counted from the instant at which a request is due.

${table(
  ['', 'Median', 'p99', 'Longest'],
  [
    { name: 'without a change', ...swaps.still },
    { name: 'while versions change', ...swaps.swapping },
  ].map(({ name, p50, p99, most }) => [name, ms(p50), ms(p99), ms(most)]),
)}

## What was tried

Each change was measured beside the code before it, in turns or one after the other, over 64 connections, on two cores that had other work too. The times are
processor time of a request, if nothing else is named.

| Change | Before | After |
| --- | --- | --- |
| answers that are ready together are sent together: a row in the path, 100 trees | 100 µs | 68 µs |
| 8, 16, 32 or any number of them at a time | | no difference |
| a model by its name on the fast path | 186 µs | 90 µs |
| a small body on the fast path | 196 µs | 145 µs |
| a small body without the choice of a version, the checks and the memory budget, which was not kept | 262 µs | 216 µs |
| rows for Python in one write, and those of one turn of the event loop together: the API | 140 µs | 90 µs |
| the same: Python | 44 µs | 22 µs |
| no sharing of these rows among the processes that are free, which was not kept: Python | 16 µs | 13 µs |
| a table of 20 rows and 30 columns of numbers for pandas as one block, per table | 278 µs | 68 µs |
| a new version of 100 trees read a millisecond at a time: the longest time in which no request is answered | 20 ms | 3 ms |

What is left of a row in the path is mostly the write to the socket. What is left of a small body has no part that stands out.

${provenance('models', result)}
`
}
