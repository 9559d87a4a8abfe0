import { LogisticRegression } from '@dsapi/model'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { predictInstances } from './predict-instances.ts'
import { predictRow } from './prediction.ts'

const model = new LogisticRegression().fit(
  [
    [0, 1],
    [1, 0],
    [2, 2],
    [3, -1],
  ],
  ['low', 'mid', 'mid', '"high"'],
  { featureNames: ['x', 'y'] },
)

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
const row = fc.tuple(finite, finite)

test('many rows, however they are given, are each answered as one alone', () => {
  const given = row.chain(([x, y]) =>
    fc.constantFrom<unknown>([x, y], { y, x }, [String(x), y], { x, y: String(y) }),
  )
  fc.assert(
    fc.property(fc.array(given), (instances) => {
      const predicted = predictInstances(model, JSON.parse(JSON.stringify({ instances })))
      const alone = instances.map((instance) => {
        const { x, y } = Array.isArray(instance)
          ? { x: instance[0], y: instance[1] }
          : (instance as { x: unknown; y: unknown })
        return predictRow(model, [Number(x), Number(y)])
      })
      if (!predicted.ok) throw new Error(JSON.stringify(predicted.problems))
      expect(JSON.parse(predicted.json)).toEqual(JSON.parse(JSON.stringify({ predictions: alone })))
    }),
  )
})

test('anything else is told of, and never thrown', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (body) => {
      const predicted = predictInstances(model, body)
      if (predicted.ok) JSON.parse(predicted.json)
      else expect(predicted.problems.length).toBeGreaterThan(0)
    }),
  )
})

test('of anything within instances too', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (instances) => {
      const predicted = predictInstances(model, { instances })
      if (predicted.ok) JSON.parse(predicted.json)
      else for (const { field } of predicted.problems) expect(field).toMatch(/^instances\[\d+\]/)
    }),
  )
})

test('a sample is even, no larger than asked for, and has each row as it was answered', () => {
  fc.assert(
    fc.property(fc.array(row), fc.integer({ min: 1, max: 20 }), (instances, size) => {
      const predicted = predictInstances(model, { instances }, size)
      if (!predicted.ok) throw new Error(JSON.stringify(predicted.problems))
      const every = Math.ceil(instances.length / size)
      const chosen = instances.filter((_, index) => index % every === 0)
      expect(chosen.length).toBeLessThanOrEqual(size)
      expect(predicted.sample).toEqual(
        chosen.map((features) => ({ features, answer: predictRow(model, features) })),
      )
    }),
  )
})

test('no sample is taken unless it is asked for', () => {
  expect(predictInstances(model, { instances: [[1, 2]] })).toMatchObject({ ok: true, sample: [] })
})
