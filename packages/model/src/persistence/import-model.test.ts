import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describeWhere } from '@dsapi/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import reference from '../../test/reference/sklearn-models.json' with { type: 'json' }
import { ModelError } from '../errors.ts'
import { LogisticRegression } from '../linear-model/logistic-regression.ts'
import { Matrix } from '../matrix.ts'
import { importModel } from './import-model.ts'
import { modelFromJSON } from './model-from-json.ts'

/** What is written of a model: the file's text, or why Python cannot write it. */
type Written = { readonly text?: string; readonly error?: string }

const importedRightly = [
  'three classes, multinomial',
  'three classes, one-vs-rest',
  'three classes, liblinear',
  'three classes, liblinear without intercept',
  'three classes, newton-cholesky',
  'three classes, no penalty',
  'three classes, LogisticRegressionCV',
  'three classes, SGD with log loss',
  'two classes',
  'two classes, liblinear',
  'two classes, one-vs-rest',
  'two classes, multinomial',
  'two classes, SGD with log loss',
  'two classes, numbers of 32 bits',
  'boolean classes',
  'columns without names',
  'columns with numbers of NumPy',
  'rows without columns',
]

const refused: readonly (readonly [string, string])[] = [
  ['a pipeline with a scaler', 'expected a difference of at most 0.000001'],
  ['three classes, SGD with modified huber loss', 'the file says 0.333333, 0.333333, 0.333333'],
]

const withoutProbabilities = ['RidgeClassifier', 'LinearSVC', 'SGD with hinge loss', 'an ensemble']

const textOf = (written: Readonly<Record<string, Written>>, name: string): string => {
  const { text, error } = written[name]
  if (text === undefined) throw new Error(`${name}: ${error}`)
  return text
}

const testModels = (read: () => Readonly<Record<string, Written>>) => {
  test.each(importedRightly)('one with %s answers as in Python', (name) => {
    const file = JSON.parse(textOf(read(), name))
    const { model, check } = importModel(file)
    expect(check?.rows).toBeGreaterThan(10)
    expect(check?.largestDifference).toBeLessThan(1e-9)
    const { x, p } = file.check
    const stored = modelFromJSON(JSON.parse(JSON.stringify(model)))
    for (const [i, row] of stored.predictProba(Matrix.fromRows(x)).toRows().entries()) {
      for (const [k, probability] of row.entries()) expect(probability).toBeCloseTo(p[i][k], 9)
      expect(stored.predictProbaOne(x[i])).toEqual(row)
    }
  })

  test.each(refused)('%s is refused', (name, message) => {
    const file = JSON.parse(textOf(read(), name))
    expect(() => importModel(file)).toThrow(ModelError)
    expect(() => importModel(file)).toThrow(message)
    expect(() => importModel(file)).toThrow(
      /check row \d+: this model answers [\d., e-]+, and the file says/,
    )
  })

  test.each(withoutProbabilities)('%s cannot be written', (name) => {
    expect(read()[name].error).toMatch(/^AttributeError/)
  })
}

describe('of the models that scikit-learn has fitted once,', () => testModels(() => reference))

const python = process.env.DSAPI_PYTHON ?? '/usr/bin/python3'
const hasSklearn = spawnSync(python, ['-c', 'import sklearn']).status === 0

const writeAnew = () => {
  const script = fileURLToPath(new URL('../../test/sklearn-models.py', import.meta.url))
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const input = /```python\n(.*?)```/s.exec(readme)?.[1]
  return JSON.parse(execFileSync(python, [script], { input, encoding: 'utf8' }))
}

describeWhere(hasSklearn, 'python3-sklearn')(
  'of the models that scikit-learn fits now, written by the lines in the README,',
  () => {
    let written: Readonly<Record<string, Written>> | undefined
    testModels(() => {
      written ??= writeAnew()
      return written ?? {}
    })
  },
)

const plain = { classes: [0, 1, 2], coef: [[1], [0], [-1]], intercept: [0, 0, 0] }
const two = { classes: [0, 1], coef: [[1]], intercept: [0] }

describe('a file without check rows', () => {
  test('is taken as multi_class and solver say', () => {
    const ovr = importModel({ ...plain, multi_class: 'ovr' }).model
    expect(ovr.predictProbaOne([1]).map((p) => p.toFixed(3))).toEqual(['0.487', '0.333', '0.179'])
    const liblinear = importModel({ ...plain, multi_class: 'auto', solver: 'liblinear' }).model
    expect(liblinear.multiClass).toBe('ovr')
    const softmax = importModel({ ...plain, multi_class: 'auto', solver: 'lbfgs' }).model
    expect(softmax.predictProbaOne([1])[0]).toBeCloseTo(0.665, 3)
    const [, doubled] = importModel({ ...two, multi_class: 'multinomial' }).model.predictProbaOne([
      1,
    ])
    expect(doubled).toBeCloseTo(1 / (1 + Math.exp(-2)), 15)
  })

  test('comes with a sentence about what was taken for granted', () => {
    const { check, assumptions } = importModel(plain)
    expect(check).toBeUndefined()
    expect(assumptions).toEqual([expect.stringMatching(/no check rows.*softmax.*not one-vs-rest/)])
    expect(importModel(two).assumptions[0]).toContain('1 / (1 + e^-score)')
    expect(importModel({ ...two, scaler: {} }).assumptions[1]).toBe(
      'The file has members that are passed over: "scaler".',
    )
  })

  test.each<[object, string]>([
    [{ estimator: 'LinearSVC' }, 'estimator is "LinearSVC", which makes probabilities in a way'],
    [{ solver: 'newton-cholesky' }, 'one-vs-rest before scikit-learn 1.6'],
    [{ multi_class: 'crammer_singer' }, 'multi_class is "crammer_singer"; expected "auto"'],
  ])('is refused where nobody can know how it answers: %j', (members, message) => {
    expect(() => importModel({ ...plain, ...members })).toThrow(message)
  })
})

describe('check rows', () => {
  const check = { x: [[1]], p: [[0.4866, 0.3328, 0.1806]] }

  test('are distinguished to more digits than that', () => {
    expect(() => importModel({ ...plain, check })).toThrow('check row 0: this model answers')
  })

  test('decide where the file does not say which model it is', () => {
    const p = importModel({ ...plain, multi_class: 'ovr' }).model.predictProbaOne([1])
    const { model, assumptions } = importModel({ ...plain, check: { x: [1], p } })
    expect(model.multiClass).toBe('ovr')
    expect(assumptions).toEqual([])
  })

  test('are not overruled by what the file says', () => {
    const p = importModel({ ...plain, multi_class: 'ovr' }).model.predictProbaOne([1])
    const file = { ...plain, multi_class: 'multinomial', check: { x: [[1]], p: [p] } }
    expect(() => importModel(file)).toThrow('answers 0.665241, 0.244728, 0.0900306, and the file')
    expect(() => modelFromJSON(file)).toThrow('answers 0.665241')
  })

  test('are compared for files of the own format too', () => {
    const own = JSON.parse(JSON.stringify(new LogisticRegression().fit([[0], [1]], [0, 1])))
    expect(importModel(own)).toMatchObject({ check: undefined, assumptions: [] })
    expect(() => importModel({ ...own, check: { x: [0], p: [0, 1] } })).toThrow('check row 0')
  })

  test.each<[unknown, string]>([
    [{}, 'check.x is missing; expected an array'],
    [{ x: [], p: [] }, 'check.x is empty'],
    [{ x: [[1, 2]], p: [[1, 0, 0]] }, 'check.x[0] has 2 entries; expected 1'],
    [{ x: [[1]], p: [[1, 0]] }, 'check.p[0] has 2 entries; expected 3'],
    [{ x: [[1], [2]], p: [[1, 0, 0]] }, 'check.x has 2 rows and check.p 1'],
    [{ x: [['1']], p: [[1, 0, 0]] }, 'check.x[0][0] is "1"; expected a finite number'],
    [[[1]], 'check is [[1]]; expected an object'],
  ])('that are none are refused: %j', (value, message) => {
    expect(() => importModel({ ...plain, check: value })).toThrow(message)
  })
})

describe('an import holds the rules of the format', () => {
  test.each<[object, string]>([
    [{ classes: [2, 1] }, 'classes[1], 1, does not come after 2; expected ascending order'],
    [{ classes: ['b', 'a'] }, 'classes[1], "a", does not come after "b"'],
    [{ classes: [2, '2'] }, 'classes[1], "2", is a string, but classes[0] is a number'],
    [{ classes: ['', 'a'] }, 'classes[0], "", is empty'],
    [{ classes: ['a', 'b\nc'] }, 'classes[1], "b\\nc", has a control character'],
    [{ feature_names: [''] }, 'featureNames[0], "", is empty'],
    [{ feature_names: ['..'] }, 'featureNames[0], "..", means a folder'],
    [{ feature_names: [' a '] }, 'featureNames[0], " a ", has a blank'],
    [{ feature_names: [['a', 'b']] }, 'featureNames[0] is ["a","b"]; expected text'],
  ])('%j', (members, message) => {
    expect(() => importModel({ ...two, ...members })).toThrow(message)
    expect(() => modelFromJSON({ ...two, ...members })).toThrow(message)
  })

  test('but a model that was stored before the rules goes on being read', () => {
    const format = { format: 'dsapi-logistic-regression', formatVersion: 1 }
    const stored = { ...two, ...format, featureNames: [' a '], classes: ['b', 'a'] }
    expect(modelFromJSON(stored).featureNames).toEqual([' a '])
    expect(() => importModel(stored)).toThrow('classes[1], "a", does not come after "b"')
  })
})

test("Python's booleans and numbers become text where text is wanted", () => {
  const { model } = importModel({ ...two, classes: [false, true], feature_names: [0] })
  expect(model.classes).toEqual(['False', 'True'])
  expect(model.featureNames).toEqual(['0'])
  expect(importModel({ ...two, feature_names: [] }).model.featureNames).toEqual(['x0'])
})

test('one-vs-rest keeps its way of answering in JSON, and old readers refuse it', () => {
  const { model } = importModel({ ...plain, multi_class: 'ovr' })
  expect(model.toJSON()).toMatchObject({ formatVersion: 2, multiClass: 'ovr' })
  expect(modelFromJSON(JSON.parse(JSON.stringify(model)))).toEqual(model)
  expect(() => modelFromJSON({ ...model.toJSON(), multiClass: undefined })).toThrow(
    'multiClass is missing in formatVersion 2; expected "ovr" in version 2',
  )
  expect(() => modelFromJSON({ ...model.toJSON(), formatVersion: 1 })).toThrow(
    'multiClass is "ovr" in formatVersion 1',
  )
})

test('one-vs-rest is finite and sums to 1 for any scores', () => {
  const score = fc.double({ noNaN: true, noDefaultInfinity: true })
  fc.assert(
    fc.property(score, score, score, (a, b, c) => {
      const file = { ...plain, coef: [[a], [b], [c]], multi_class: 'ovr' }
      const p = importModel(file).model.predictProbaOne([1])
      expect(p.every((value) => value >= 0 && value <= 1)).toBe(true)
      expect(p.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12)
    }),
  )
})

test('any JSON at all gives a model or a ModelError', () => {
  const member = fc.oneof(fc.jsonValue(), fc.array(fc.array(fc.double())))
  const nearly = fc.record(
    { coef: member, check: member, feature_names: member, multi_class: member, solver: member },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), nearly), (value) => {
      try {
        const file = typeof value === 'object' && value !== null ? { ...two, ...value } : value
        importModel(file)
      } catch (error) {
        expect(error).toBeInstanceOf(ModelError)
      }
    }),
  )
})

describe('rows in check that do not show how probabilities are made', () => {
  const file = {
    classes: [0, 1, 2],
    ...{ coef: [[1], [0], [-1]], intercept: [0, 0, 0] },
    check: { x: [[0]], p: [[1 / 3, 1 / 3, 1 / 3]] },
  }
  const saturated = {
    ...{ classes: [0, 1], coef: [[1]], intercept: [0] },
    check: {
      x: [[1000], [-1000]],
      p: [
        [0, 1],
        [1, 0],
      ],
    },
  }

  test.each([file, saturated])('leave it to the import, which says so', (model) => {
    expect(importModel(model).assumptions).toEqual([expect.stringContaining('do not show which')])
  })

  test.each([file, saturated])('show nothing of a model that is not logistic', (model) => {
    const other = { ...model, estimator: 'SGDClassifier' }
    expect(() => importModel(other)).toThrow(/estimator is "SGDClassifier".*do not show which/)
  })

  test.each([file, saturated])('need not, where multi_class says it', (model) => {
    expect(importModel({ ...model, multi_class: 'multinomial' }).assumptions).toEqual([])
  })
})

test.each(['[1, 9007199254740993]', '[0, 12345678901234567890]'])(
  'classes that lose digits as numbers are refused, not renamed: %s',
  (classes) => {
    const text = `{"classes": ${classes}, "coef": [[1]], "intercept": [0]}`
    expect(() => importModel(JSON.parse(text))).toThrow(/has lost digits.*expected text/)
  },
)

test('a class has a name of 1000 characters at most', () => {
  const named = (length: number) => () =>
    importModel({ classes: ['a', 'b'.repeat(length)], coef: [[1]], intercept: [0] })
  expect(named(1000)).not.toThrow()
  expect(named(1001)).toThrow(/classes\[1\].*longer than 1000 characters/)
})
