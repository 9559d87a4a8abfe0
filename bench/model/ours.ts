// One timed task in a process of its own; prints what it took as JSON.

import { readFileSync } from 'node:fs'
import { LogisticRegression, Matrix } from '@dsapi/model'

const doubles = (path: string) => {
  const { buffer, byteOffset, byteLength } = readFileSync(path)
  return new Float64Array(buffer, byteOffset, byteLength / 8)
}

const peakMB = () => process.resourceUsage().maxRSS / 1024

const fit = (table: string) => {
  const labels = doubles(`${table}.y`)
  const X = new Matrix(doubles(`${table}.X`), labels.length, 20)
  const started = performance.now()
  const model = new LogisticRegression().fit(X, labels)
  const seconds = (performance.now() - started) / 1000
  return { seconds, objective: model.objective, peakMB: peakMB() }
}

const small = () =>
  new LogisticRegression().fit(
    [
      [0, 1],
      [1, 1],
      [1, 3],
      [4, 1],
    ],
    [0, 1, 0, 1],
  )

/** The last of several: the first ones are still being compiled. */
const proba = () => {
  const model = small()
  const X = new Matrix(
    Float64Array.from({ length: 2e6 }, (_, i) => 3 * Math.sin(i)),
    1e6,
    2,
  )
  const times = Array.from({ length: 15 }, () => {
    const started = performance.now()
    model.predictProba(X)
    return (performance.now() - started) / 1000
  })
  return { seconds: times.slice(5).toSorted((a, b) => a - b)[5] }
}

const one = () => {
  const model = small()
  const repeats = 1e6
  let sum = 0
  for (let i = 0; i < repeats; i++) sum += model.predictProbaOne([i / repeats, 1])[0]
  const started = performance.now()
  for (let i = 0; i < repeats; i++) sum += model.predictProbaOne([i / repeats, 1])[0]
  return { seconds: (performance.now() - started) / 1000 / repeats, sum }
}

const [task, table] = process.argv.slice(2)
const result = task === 'fit' ? fit(table) : task === 'proba' ? proba() : one()
process.stdout.write(JSON.stringify(result))
