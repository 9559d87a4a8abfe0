// Fits and predicts beside scikit-learn, on the same numbers, in turns in one run: A B A B …
//   pnpm --filter @dsapi/bench bench:model
// Each fit runs in a process of its own, so that its peak memory is its own too.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeClassification, RandomState } from '@dsapi/model'
import { recordResult } from '../record-result.ts'
import { median, printTable } from '../report.ts'
import { findScikitLearn, noScikitLearn, type ScikitLearn } from './find-scikit-learn.ts'

const rounds = 5
const nRows = 1_000_000
const nColumns = 20

type Run = { readonly seconds: number; readonly objective?: number; readonly peakMB?: number }

const here = import.meta.dirname
const folder = mkdtempSync(join(tmpdir(), 'dsapi-bench-'))

/** Columns that are correlated, as scikit-learn's own generator makes them. */
const correlated = () => {
  const { X, y } = makeClassification({
    nSamples: nRows,
    nFeatures: nColumns,
    nInformative: 10,
    nRedundant: 5,
    randomState: 0,
  })
  return { data: Float64Array.from(X.flat()), labels: Float64Array.from(y) }
}

/** Independent standard normal columns: the easiest table there is for a first-order method. */
const independent = () => {
  const random = new RandomState(0)
  const data = Float64Array.from({ length: nRows * nColumns }, () => random.standardNormal())
  const labels = Float64Array.from({ length: nRows }, (_, i) => {
    let score = 2 * random.standardNormal()
    for (let j = 0; j < nColumns; j++) score += Math.sin(j) * data[i * nColumns + j]
    return Number(score > 0)
  })
  return { data, labels }
}

const save = (name: string, { data, labels }: ReturnType<typeof independent>) => {
  writeFileSync(join(folder, `${name}.X`), data)
  writeFileSync(join(folder, `${name}.y`), labels)
  return join(folder, name)
}

const node = (...args: string[]): Run =>
  JSON.parse(
    execFileSync(process.execPath, [join(here, 'measure-dsapi.ts'), ...args], { encoding: 'utf8' }),
  )

const peer = findScikitLearn(process.env)
const scikitLearn = ({ python }: ScikitLearn, ...args: string[]) =>
  execFileSync(python, [join(here, 'scikit_learn.py'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, OPENBLAS_NUM_THREADS: '1' },
    stdio: ['ignore', 'pipe', 'ignore'],
  })

/** The digits that come with scikit-learn: 1797 × 64, ten classes, so 650 parameters. */
const digits = (from: ScikitLearn) => {
  const name = join(folder, 'digits')
  scikitLearn(from, 'write-digits', name)
  return name
}

const inTurns = (args: string[], solver: string[] = []) => {
  const ours: Run[] = []
  const theirs: Run[] = []
  for (let round = 0; round < rounds; round++) {
    ours.push(node(...args))
    if (peer) theirs.push(JSON.parse(scikitLearn(peer, ...args, ...solver)))
  }
  const a = median(ours.map(({ seconds }) => seconds))
  const b = peer ? median(theirs.map(({ seconds }) => seconds)) : undefined
  return {
    task: args.join(' ').replace(folder, '').replace(' /', ' '),
    ours: a,
    theirs: b,
    ratio: b === undefined ? undefined : a / b,
    objective: ours[0].objective,
    theirObjective: theirs[0]?.objective,
    peakMB: ours[0].peakMB,
  }
}

if (!peer) process.stderr.write(noScikitLearn(process.env))
const tables = [save('correlated', correlated()), save('independent', independent())]
const results = [
  ...tables.map((table) => inTurns(['fit', table])),
  ...(peer ? [inTurns(['fit', digits(peer)], ['newton-cg'])] : []),
  inTurns(['proba', '']),
  inTurns(['one', '']),
]
rmSync(folder, { recursive: true })

const shown = (value: number | undefined, digits = 4) =>
  value === undefined ? '-' : value.toPrecision(digits)
printTable(
  [
    'task',
    '@dsapi/model, s',
    `scikit-learn ${peer?.version ?? ''}, s`,
    'ratio',
    'objective',
    'theirs',
    'peak MB',
  ],
  results.map((result) => [
    result.task,
    shown(result.ours),
    shown(result.theirs),
    shown(result.ratio, 3),
    shown(result.objective, 10),
    shown(result.theirObjective, 10),
    shown(result.peakMB, 3),
  ]),
)
recordResult('model', { scikitLearn: peer?.version, rounds, nRows, nColumns, results })
