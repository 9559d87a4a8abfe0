import { table } from '../markdown.ts'
import { count, provenance, readResult, seconds } from './result.ts'

type Report = {
  readonly happened: readonly { readonly name: string; readonly recoveryMs: number }[]
  readonly accepted: number
  readonly succeeded: number
  readonly failed: number
  readonly lost: number
  readonly doubled: number
  readonly refusals: Readonly<Record<string, number>>
}
type Figures = Readonly<Record<string, Report>>

const slowest = ({ happened }: Report, what: string) => {
  const times = happened.filter(({ name }) => name === what).map(({ recoveryMs }) => recoveryMs)
  return times.length === 0 ? '' : seconds(Math.max(...times))
}

export const faultsBenchmark = (): string => {
  const result = readResult<Figures>('faults')
  const reports = Object.entries(result.figures)
  const what = [...new Set(reports.flatMap(([, { happened }]) => happened.map(({ name }) => name)))]
  return `# What happens to jobs when things go wrong

Eight clients, two API processes and two workers share two cores with PostgreSQL and Redis. Each fault happens under load, and
every accepted job is accounted for at the end. Recovery is the time until all jobs have ended that were accepted before
the fault was over.

${table(
  ['Fault', ...reports.map(([name]) => name)],
  what.map((fault) => [fault, ...reports.map(([, report]) => slowest(report, fault))]),
)}

${table(
  [
    'Run',
    'Faults',
    'Jobs',
    'Succeeded',
    'Failed with a reason',
    'Lost',
    'Doubled',
    'Refused, asked again',
  ],
  reports.map(([name, { happened, accepted, succeeded, failed, lost, doubled, refusals }]) => [
    name,
    ...[happened.length, accepted, succeeded, failed, lost, doubled].map(count),
    Object.entries(refusals)
      .map(([status, times]) => `${times} × ${status}`)
      .join(', '),
  ]),
)}

${provenance('faults', result)} \`bench:faults 10 1\` does each fault once; a short form is part of the test command.
`
}
