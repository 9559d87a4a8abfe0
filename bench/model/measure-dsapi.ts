// Runs one timed task in a process of its own. Prints time and memory as JSON.

import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { LogisticRegression, Matrix } from '@dsapi/model'

const piece = 2 ** 20

/** Reads piece by piece into one array, so that the peak memory is that of the fit. */
const doubles = (path: string) => {
  const file = openSync(path, 'r')
  const values = new Float64Array(fstatSync(file).size / 8)
  for (let start = 0; start < values.length; start += piece) {
    readSync(file, values.subarray(start, start + piece))
  }
  closeSync(file)
  return values
}

/** VmHWM and not maxRSS, which a process inherits from the one that started it. Linux only. */
const peakMB = () =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024

const fit = (table: string) => {
  const labels = doubles(`${table}.y`)
  const data = doubles(`${table}.X`)
  const X = new Matrix(data, labels.length, data.length / labels.length)
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
