import { table } from '../markdown.ts'
import { count, provenance, readResult, seconds } from './result.ts'

type Failed = Readonly<Record<string, number>>
type Outcome = {
  readonly what: string
  readonly seconds: number
  readonly answersASecond: number
  readonly failed: Failed
  readonly slowestRequestMs: number
  readonly recoveryMs: number
}
type Phase = {
  readonly name: string
  readonly answered: number
  readonly failed: Failed
  readonly outcomes: readonly Outcome[]
  readonly accounts: {
    readonly accepted: number
    readonly succeeded: number
    readonly failed: number
    readonly lost: number
    readonly doubled: number
  }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

const inWords = (all: readonly Failed[]) => {
  const total: Record<string, number> = {}
  for (const [what, times] of all.flatMap(Object.entries)) total[what] = (total[what] ?? 0) + times
  const words = Object.entries(total).map(([what, times]) => `${times} × ${what}`)
  return words.length === 0 ? 'none' : words.join(', ')
}

const rowsOf = ({ name, outcomes }: Phase) =>
  Object.entries(Object.groupBy(outcomes, ({ what }) => what)).map(([what, all = []]) => [
    name,
    what,
    String(all.length),
    count(
      sum(all.map((one) => one.answersASecond * one.seconds)) / sum(all.map((one) => one.seconds)),
    ),
    inWords(all.map(({ failed }) => failed)),
    seconds(Math.max(...all.map((one) => one.slowestRequestMs))),
    seconds(Math.max(...all.map((one) => one.recoveryMs))),
  ])

export const hostsBenchmark = (): string => {
  const result = readResult<readonly Phase[]>('hosts')
  const phases = result.figures
  return `# Several hosts that fail and are upgraded

Three API hosts, three worker hosts, PostgreSQL, Redis, HAProxy and nginx run in network namespaces of their own on one
machine. Clients send predictions and slow predictions without a pause. Hosts are killed, unplugged and upgraded one
after another. All share two cores, so the counts matter here and the rates do not.

${table(
  [
    'Phase',
    'Event',
    'Times',
    'Answers a second',
    'Failed requests',
    'Slowest request',
    'Slowest recovery',
  ],
  phases.flatMap(rowsOf),
)}

${table(
  ['Phase', 'Requests', 'Failed', 'Jobs', 'Succeeded', 'Failed with a reason', 'Lost', 'Doubled'],
  phases.map(({ name, answered, failed, accounts }) => {
    const all = sum(Object.values(failed))
    const { accepted, succeeded, lost, doubled } = accounts
    return [
      name,
      ...[answered + all, all, accepted, succeeded, accounts.failed, lost, doubled].map(count),
    ]
  }),
)}

Requests fail while PostgreSQL is unplugged, because no key can be checked without it.

${provenance('hosts', result)} It needs root and Debian's \`postgresql redis haproxy nginx-light iproute2\`.
`
}
