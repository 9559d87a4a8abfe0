import { execFileSync, spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  importScikitLearn,
  isClassifier,
  isRegressor,
  LinearRegressionModel,
  LogisticRegressionModel,
} from '@dsapi/model'
import { describeWhere, temporaryFolder } from '@dsapi/testing'
import { describe, expect, test } from 'vitest'
import { dsapi, ownEnvironment } from './dsapi.ts'

// What `dsapi model export-helper` prints writes estimators of each class that it takes, and refuses others.

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))

type Case = {
  readonly error?: string
  readonly document?: unknown
  /** Rows of the table that the estimator was fitted on, and what Python answers to them. */
  readonly rows?: readonly (readonly (number | string | boolean | null)[])[]
  readonly answers?: readonly (readonly number[])[]
}
type Cases = Readonly<Record<'taken' | 'refused', Readonly<Record<string, Case>>>>

const python = ['python3', '/usr/bin/python3'].find(
  (name) => spawnSync(name, ['-c', 'import sklearn, pandas']).status === 0,
)

/** One process fits and writes them all. */
const runCases = (program: string): Cases => {
  const args = [path('export-cases.py'), path('../src/commands/model/export-helper')]
  return JSON.parse(execFileSync(program, args, { encoding: 'utf8', maxBuffer: 1e8 }))
}

/** What an imported estimator answers to a row of the table, which may have columns that it does not read. */
const answer = (document: unknown, row: NonNullable<Case['rows']>[number]): readonly number[] => {
  const { model } = importScikitLearn(document)
  const { columns } = document as { readonly columns: readonly { readonly name: string }[] }
  const cells = columns.map(({ name }, j) => {
    const cell = row[j]
    return [name, typeof cell === 'boolean' ? Number(cell) : cell] as const
  })
  const byName = new Map(cells)
  const numbers = row.map((cell) => Number(cell ?? Number.NaN))
  if (model instanceof LogisticRegressionModel) return model.predictProbaOne(numbers)
  if (model instanceof LinearRegressionModel) return [model.predictOne(numbers)]
  const read = model.featureNamesIn.map((name) => byName.get(name) ?? null)
  if (isClassifier(model)) return model.predictProbaOne(read)
  if (isRegressor(model)) return [model.predictOne(read)]
  throw new Error('The pipeline has no model')
}

describeWhere(python !== undefined, 'python3-sklearn')('the program for scikit-learn', () => {
  const cases = python === undefined ? { taken: {}, refused: {} } : runCases(python)

  test.each(Object.entries(cases.taken))('writes %s, which answers as in Python', (_, stored) => {
    const { document, rows = [], answers = [], error } = stored
    expect(error).toBeUndefined()
    const { check } = importScikitLearn(document)
    expect(check.rows).toBeGreaterThanOrEqual(20)
    expect(rows.length).toBe(12)
    for (const [i, row] of rows.entries()) {
      for (const [k, number] of answer(document, row).entries()) {
        expect(Math.abs(number - answers[i][k]), `row ${i}`).toBeLessThan(1e-5)
      }
    }
  })

  test.each(Object.entries(cases.refused))('refuses %s with what to do', (_, { error }) => {
    expect(error).toMatch(/skl2onnx|model add --python|before the fit|Fit a model|Fit it/)
  })

  describe('the import', () => {
    const document = () =>
      structuredClone(cases.taken['a pipeline of the usual kind'].document) as {
        readonly check: { readonly answers: number[][] }
        readonly steps: { step: { transformers: { transformer: { steps: unknown[] } }[] } }[]
      }

    test('refuses a model that answers otherwise than Python', () => {
      const changed = document()
      changed.check.answers[3].reverse()
      expect(() => importScikitLearn(changed)).toThrow(
        /check row 3: this model answers .*, and the file says .*; expected a difference/,
      )
    })

    test('names a damaged step', () => {
      const damaged = document()
      damaged.steps[0].step.transformers[0].transformer.steps[1] = { name: 's', step: {} }
      expect(() => importScikitLearn(damaged)).toThrow(
        'step "columntransformer": transformer "num": step "s": class is missing',
      )
    })

    test('explains what the value of a classifier without probabilities means', () => {
      const { assumptions } = importScikitLearn(cases.taken['LinearSVC by decision'].document)
      expect(assumptions).toEqual([
        'LinearSVC has no probabilities. The model answers with the value of its decision_function, which is above 0 for the class "yes" and else means "no".',
      ])
    })

    test('stores a pipeline with its booleans', async () => {
      const folder = await temporaryFolder()
      const file = join(folder, 'model.json')
      await writeFile(file, JSON.stringify(document()))
      const env = await ownEnvironment()
      const stored = await dsapi(env, 'model', 'import', file, '--name', 'mixed')
      expect(stored).toMatchObject({ code: 0, stdout: '' })
      expect(stored.stderr).toMatch(/Its probabilities for \d+ check rows match the file within/)
      const { stdout } = await dsapi(env, 'model', 'show', 'mixed@1', '--json')
      expect(JSON.parse(stdout)).toMatchObject({ format: 'dsapi-pipeline' })
      const shown = await dsapi(env, 'model', 'show', 'mixed@1')
      expect(shown.stdout).toMatch(/alone +boolean/)
    })
  })
})

test('dsapi model export-helper prints the program', async () => {
  const { code, stdout } = await dsapi(await ownEnvironment(), 'model', 'export-helper')
  expect(code).toBe(0)
  expect(stdout).toContain('def export(estimator')
})
