import { table } from '../markdown.ts'
import { count, provenance, ratio, readResult } from './result.ts'

type Task = {
  readonly task: string
  readonly ours: number
  readonly theirs: number
  readonly ratio: number
  readonly peakMB?: number
}
type Figures = {
  readonly scikitLearn: string
  readonly rounds: number
  readonly nRows: number
  readonly nColumns: number
  readonly results: readonly Task[]
}

const time = (value: number) => {
  if (value >= 0.1) return `${value.toFixed(3)} s`
  if (value >= 1e-3) return `${(value * 1e3).toFixed(1)} ms`
  return value >= 1e-6 ? `${(value * 1e6).toFixed(0)} µs` : `${(value * 1e9).toFixed(0)} ns`
}

const names = ({ nRows, nColumns }: Figures): Readonly<Record<string, string>> => ({
  'fit correlated': `fit ${count(nRows)} × ${nColumns}, correlated columns (\`make_classification\`)`,
  'fit independent': `fit ${count(nRows)} × ${nColumns}, independent columns`,
  'fit digits': 'fit the digits, 1797 × 64, ten classes, beside `newton-cg`',
  'proba ': `probabilities of ${count(nRows)} × 2`,
  'one ': 'probabilities of one row',
})

export const modelBenchmark = (): string => {
  const result = readResult<Figures>('model')
  const { figures } = result
  return `# The model beside scikit-learn

\`@dsapi/model\` and scikit-learn ${figures.scikitLearn} fit and predict the same numbers in turns, ${figures.rounds} rounds, one thread
each. The table shows medians; the ratio is our time over theirs.

${table(
  ['Task', '@dsapi/model', 'scikit-learn', 'Ratio', 'Peak memory'],
  figures.results.map(({ task, ours, theirs, ratio: quotient, peakMB }) => [
    names(figures)[task] ?? task,
    time(ours),
    time(theirs),
    ratio(quotient),
    peakMB === undefined ? '' : `${peakMB.toFixed(0)} MB`,
  ]),
)}

${provenance('model', result)}
`
}
