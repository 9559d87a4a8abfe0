import { table } from '../markdown.ts'
import { count, provenance, ratio, readResult } from './result.ts'

type Start = { readonly median: number; readonly most: number; readonly left: number }

type Figures = {
  readonly rates: readonly {
    readonly engine: 'sqlite' | 'postgres'
    readonly owners: number
    readonly figures: readonly { readonly name: string; readonly figure: number }[]
  }[]
  readonly starts: { readonly empty: Start; readonly beside: Start }
}

const engines = { sqlite: 'SQLite', postgres: 'PostgreSQL' } as const

const ms = (value: number) => `${value.toFixed(0)} ms`

export const fairnessBenchmark = (): string => {
  const result = readResult<Figures>('fairness')
  const { rates, starts } = result.figures
  return `# Owners take turns

Jobs of one owner are submitted one at a time. What counts is the time from the acceptance of a job to its start.

${table(
  ['What else waits', 'Median', 'Longest'],
  [
    ['nothing', ms(starts.empty.median), ms(starts.empty.most)],
    ['100,000 jobs of another owner', ms(starts.beside.median), ms(starts.beside.most)],
  ],
)}

When the first of these jobs was submitted, 100,000 others waited, and ${count(starts.beside.left)} of them still waited after the last one.

One worker claims ten jobs at a time, in turn as dsapi does, and the oldest first as dsapi did before.

${table(
  ['Claims', 'In turn, jobs a second', 'The oldest first', 'Ratio'],
  rates.map(({ engine, owners, figures: [inTurn, byAge] }) => [
    `${engines[engine]}, ${owners === 1 ? '1 owner' : `${count(owners)} owners`}`,
    count(inTurn.figure),
    count(byAge.figure),
    ratio(inTurn.figure / byAge.figure),
  ]),
)}

${provenance('fairness', result)}
`
}
