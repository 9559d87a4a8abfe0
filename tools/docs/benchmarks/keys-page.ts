import { table } from '../markdown.ts'
import { count, provenance, ratio, readResult } from './result.ts'

type Figures = {
  readonly rounds: number
  readonly check: { readonly with: number; readonly without: number; readonly added: number }
  readonly flood: {
    readonly calm: number
    readonly flooded: number
    readonly grown: number
    readonly refused: number
    readonly ratio: number
  }
}

const us = (value: number) => `${value.toFixed(2)} µs`

export const keysBenchmark = (): string => {
  const result = readResult<Figures>('auth')
  const { rounds, check, flood } = result.figures
  return `# The check of a key

The same route answers with and without the check, in one process, ${rounds} rounds in turns. The figures are processor time.

${table(
  ['Question', 'Without', 'With', 'Difference'],
  [
    [
      'A request, without and with the check of its key',
      us(check.without),
      us(check.with),
      `${us(check.added)} more`,
    ],
    [
      'The check of a known key, without and with 100,000 unknown keys a second beside it',
      us(flood.calm),
      us(flood.flooded),
      `ratio ${ratio(flood.ratio)}`,
    ],
    [
      `The heap after ${count(flood.refused)} different unknown keys`,
      '',
      '',
      `${flood.grown.toFixed(1)} MiB more`,
    ],
  ],
)}

${provenance('auth', result)}
`
}
