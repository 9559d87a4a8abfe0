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
  JSON.parse(execFileSync(process.execPath, [join(here, 'ours.ts'), ...args], { encoding: 'utf8' }))

const python = process.env.PYTHON ?? 'python3'
const scikitLearn = (...args: string[]): Run =>
  JSON.parse(
    execFileSync(python, [join(here, 'scikit_learn.py'), ...args], {
      encoding: 'utf8',
      env: { ...process.env, OPENBLAS_NUM_THREADS: '1' },
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  )

const peerVersion = () => {
  try {
    const script = 'import sklearn; print(sklearn.__version__)'
    return execFileSync(python, ['-c', script], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return undefined
  }
}

const inTurns = (args: string[], hasPeer: boolean) => {
  const ours: Run[] = []
  const theirs: Run[] = []
  for (let round = 0; round < rounds; round++) {
    ours.push(node(...args))
    if (hasPeer) theirs.push(scikitLearn(...args))
  }
  const a = median(ours.map(({ seconds }) => seconds))
  const b = hasPeer ? median(theirs.map(({ seconds }) => seconds)) : undefined
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

const version = peerVersion()
if (version === undefined) {
  process.stderr.write('scikit-learn is not there (apt-get install python3-sklearn): ours alone\n')
}
const tables = [save('correlated', correlated()), save('independent', independent())]
const results = [
  ...tables.map((table) => inTurns(['fit', table], version !== undefined)),
  inTurns(['proba', ''], version !== undefined),
  inTurns(['one', ''], version !== undefined),
]
rmSync(folder, { recursive: true })

const shown = (value: number | undefined, digits = 4) =>
  value === undefined ? '-' : value.toPrecision(digits)
printTable(
  [
    'task',
    '@dsapi/model, s',
    `scikit-learn ${version ?? ''}, s`,
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
recordResult('model', { scikitLearn: version, rounds, nRows, nColumns, results })
