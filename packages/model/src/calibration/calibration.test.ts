import { describe, expect, test } from 'vitest'
import { describeWithSklearn, drawCases } from '../../test/python-cases.ts'
import reference from '../../test/reference/calibration.json' with { type: 'json' }
import { Frame } from '../frame/frame.ts'
import { LogisticRegression } from '../linear-model/logistic-regression.ts'
import { Matrix } from '../matrix.ts'
import { modelFromJSON } from '../persistence/model-from-json.ts'
import { pipelineFromJSON } from '../persistence/pipeline-from-json.ts'
import { Pipeline } from '../pipeline/pipeline.ts'
import { StandardScaler } from '../preprocessing/standard-scaler.ts'
import { CalibratedClassifierCV } from './calibrated-classifier-cv.ts'
import { fitCalibration } from './calibration.ts'
import { IsotonicRegression } from './isotonic-regression.ts'

type Case = (typeof reference.cases)[number]

const furthest = (found: readonly number[][], expected: readonly number[][]) =>
  Math.max(...found.flatMap((row, i) => row.map((value, k) => Math.abs(value - expected[i][k]))))

const testCases = (read: () => readonly Case[]) => {
  test('isotonic regression is the same', () => {
    for (const { scores, X, sampleWeight, places, heights } of read()) {
      const y = X.map(([, second]) => second)
      const found = new IsotonicRegression().fit(scores, y, { sampleWeight }).predict(places)
      for (const [i, height] of found.entries()) expect(height).toBeCloseTo(heights[i], 10)
    }
  })

  test("the sigmoid is the likeliest one, which scikit-learn's comes near", () => {
    for (const { scores, b, sampleWeight, ab } of read()) {
      const [calibrator] = fitCalibration(scores, b, { sampleWeight })
      if (calibrator.method !== 'sigmoid') throw new Error(calibrator.method)
      expect(calibrator.a).toBeCloseTo(ab[0], 8)
      expect(calibrator.b).toBeCloseTo(ab[1], 8)
    }
  })

  // scikit-learn finds the sigmoid less exactly; its isotonic line may be steep.
  test.each(['sigmoid', 'isotonic'] as const)('%s probabilities are the same', (method) => {
    for (const { X, y, sampleWeight, ...expected } of read()) {
      const estimator = new CalibratedClassifierCV(new LogisticRegression(), { method, cv: 3 })
      const model = estimator.fit(X, y, { sampleWeight })
      expect(furthest(model.predictProba(X), expected[method])).toBeLessThan(
        method === 'sigmoid' ? 1e-4 : 2e-3,
      )
    }
  })
}

describe('calibration of stored problems:', () => testCases(() => reference.cases))

describeWithSklearn('calibration of 20 more problems:', () => {
  let cases: readonly Case[] | undefined
  testCases(() => {
    cases ??= drawCases<typeof reference>('calibration-cases.py', 2, 20).cases
    return cases
  })
})

const { X, y } = reference.cases[2]
const [first, ...others] = ['sigmoid', 'isotonic'] as const

test.each([first, ...others])('a model keeps its %s calibration as JSON', (method) => {
  const model = new CalibratedClassifierCV(new LogisticRegression(), { method, cv: 3 }).fit(X, y)
  const reread = modelFromJSON(JSON.parse(JSON.stringify(model)))
  expect(model.toJSON().formatVersion).toBe(3)
  expect(reread.predictProba(X)).toEqual(model.predictProba(X))
  expect(reread.predictProbaOne(X[0])).toEqual(model.predictProba(Matrix.fromRows(X)).toRows()[0])
})

test('a pipeline is calibrated and stored as one model', () => {
  const frame = new Frame({ a: X.map((row) => row[0]), b: X.map((row) => row[1]) })
  const estimator = new Pipeline([
    ['scale', new StandardScaler()],
    ['model', new LogisticRegression()],
  ])
  const fitted = new CalibratedClassifierCV(estimator, { cv: 3 }).fit(frame, y)
  const reread = pipelineFromJSON(JSON.parse(JSON.stringify(fitted)))
  expect(fitted.model.calibration).toHaveLength(3)
  expect(reread.model).toEqual(fitted.model)
})

test('probabilities sum to 1 where every calibrator says 0', () => {
  const model = new LogisticRegression().fit([[0], [1], [2]], ['a', 'b', 'c'])
  const never = { method: 'isotonic', x: [0], y: [0] } as const
  const calibrated = model.withCalibration([never, never, never])
  expect(calibrated.predictProbaOne([1])).toEqual([1 / 3, 1 / 3, 1 / 3])
})

test.each([
  [[{ method: 'isotonic', x: [0, 0], y: [0, 1] }], 'x[1] is not above the one before it'],
  [[{ method: 'isotonic', x: [0, 1], y: [1, 0] }], 'y[1] is smaller'],
  [[{ method: 'isotonic', x: [0], y: [2] }], 'y[0] is 2; expected 0 to 1'],
  [[{ method: 'sigmoid', a: 1 }], 'calibration[0].b is missing'],
  [[], 'calibration has 0 entries; expected 1'],
  [[{ method: 'beta' }], 'calibration[0].method is "beta"'],
])('a damaged calibration is refused: %j', (calibration, message) => {
  const json = new LogisticRegression().fit([[0], [1]], [0, 1]).toJSON()
  expect(() => modelFromJSON({ ...json, formatVersion: 3, calibration })).toThrow(message)
})

test('rows of all classes are needed for a calibration', () => {
  expect(() => fitCalibration([0, 1], [1, 1], { classes: [0, 1] })).toThrow('no row of 0')
})
