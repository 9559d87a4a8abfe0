import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describeWhere } from '@dsapi/testing'
import { describe, expect, test } from 'vitest'
import * as model from '../src/index.ts'
import { type PreprocessingCase, toCells, toFrame, toTransformer } from './preprocessing-cases.ts'
import reference from './reference/preprocessing.json' with { type: 'json' }

// Random tables and transformers, beside what scikit-learn makes of them.

type Transforming = model.FittedTransformer & {
  readonly transform: (X: model.Frame) => model.Frame | model.Matrix
}

const fitOf = (stored: PreprocessingCase): Transforming =>
  toTransformer(stored.transformer).fit(toFrame(stored.train)) as Transforming

const expectSame = (found: readonly unknown[][], expected: unknown) => {
  if (!Array.isArray(expected)) throw new Error(`Python has no answer: ${JSON.stringify(expected)}`)
  expect(found.length).toBe(expected.length)
  for (const [i, row] of found.entries()) {
    expect(row.length).toBe(expected[i].length)
    for (const [j, value] of row.entries()) {
      const own = expected[i][j]
      if (typeof value !== 'number' || typeof own !== 'number') expect(value).toBe(own)
      else expect(Math.abs(value - own)).toBeLessThanOrEqual(1e-10 * Math.max(1, Math.abs(own)))
    }
  }
}

/** A row as a server gets it. */
const rowOf = (X: model.Frame, row: number) =>
  X.columns.map((column) => (column instanceof model.TextColumn ? column.at(row) : column[row]))

const refusal = (answers: unknown) =>
  typeof answers === 'object' && answers !== null && 'error' in answers

const testCases = (read: () => readonly PreprocessingCase[]) => {
  test('the names of the result are the same', () => {
    for (const stored of read()) {
      expect(fitOf(stored).getFeatureNamesOut(), JSON.stringify(stored)).toEqual(stored.names)
    }
  })

  test('the rows of the fit become the same', () => {
    for (const stored of read()) {
      expectSame(toCells(fitOf(stored).transform(toFrame(stored.train))), stored.fitted)
    }
  })

  test('other rows become the same, or are refused by both', () => {
    for (const stored of read()) {
      const X = toFrame(stored.test)
      const fitted = fitOf(stored)
      if (refusal(stored.answers)) {
        expect(() => fitted.transform(X), JSON.stringify(stored)).toThrow(model.ModelError)
      } else {
        expectSame(toCells(fitted.transform(X)), stored.answers)
      }
    }
  })
}

describe('each fitted transformer', () => {
  test('comes back from JSON, and gives the same', () => {
    for (const stored of reference.cases) {
      const fitted = fitOf(stored)
      const read = model.transformerFromJSON(JSON.parse(JSON.stringify(fitted))) as Transforming
      expect(read.getFeatureNamesOut()).toEqual(fitted.getFeatureNamesOut())
      const X = toFrame(stored.train)
      expect(toCells(read.transform(X))).toEqual(toCells(fitted.transform(X)))
    }
  })

  test('gives for one row what it gives for a table', () => {
    for (const stored of reference.cases) {
      const fitted = fitOf(stored)
      const X = toFrame(stored.train).select(fitted.featureNamesIn)
      const result = fitted.transform(X)
      if (!(result instanceof model.Matrix) || !('transformOne' in fitted)) continue
      const { transformOne } = fitted as model.FittedColumnTransformer
      for (let row = 0; row < X.nRows; row++) {
        expect(transformOne.call(fitted, rowOf(X, row))).toEqual(result.row(row))
      }
    }
  })
})

describe("scikit-learn's stored results", () => {
  testCases(() => reference.cases)
})

const script = fileURLToPath(new URL('preprocessing-cases.py', import.meta.url))
const python = ['python3', '/usr/bin/python3'].find(
  (name) => spawnSync(name, ['-c', 'import sklearn, pandas']).status === 0,
)

describeWhere(python !== undefined, 'python3-sklearn')(
  "scikit-learn's results of 200 tables",
  () => {
    const printed =
      python === undefined
        ? '{"cases":[]}'
        : execFileSync(python, [script, '2', '200'], { encoding: 'utf8', maxBuffer: 1e9 })
    testCases(() => JSON.parse(printed).cases)
  },
)
