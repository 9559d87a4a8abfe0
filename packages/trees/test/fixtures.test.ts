import { describe, expect, test } from 'vitest'
import type { TreeEnsemble } from '../src/index.ts'
import { expectedOf, fixtureNames, readFixture, rowsOf } from './fixtures.ts'

const answersOf = (name: string) => {
  const model = readFixture(name)
  const expected = expectedOf(name)
  const rows = rowsOf(model, expected.input)
  return { model, expected, rows, count: expected.input.length }
}

/** The distance of two numbers of float32 to its next neighbours. */
const ulp = (value: number) => 2 ** (Math.floor(Math.log2(Math.max(Math.abs(value), 1e-30))) - 23)

const toleranceOf = ({ facts }: TreeEnsemble, value: number) =>
  facts.precision === 'float32' ? ulp(value) : 1e-15

describe.each(fixtureNames)('%s', (name) => {
  const { model, expected, rows, count } = answersOf(name)

  test('gives the margins of its library to the last bit', () => {
    const margins = [...model.predictMargin(rows, count)]
    if (expected.margin === undefined) return
    expect(margins).toEqual(expected.margin.flat())
  })

  test('gives the predictions of its library', () => {
    const expectedValues = (expected.prediction ?? expected.booster_predict_all_trees ?? []).flat()
    // multi:softmax predicts the class; what is served as a margin is not what the library predicts.
    if (model.facts.objective === 'multi:softmax' || model.facts.output.kind === 'margin') return
    const values = model.predict(rows, count)
    expect(values).toHaveLength(expectedValues.length)
    for (const [i, value] of expectedValues.entries())
      expect(Math.abs(values[i] - value)).toBeLessThanOrEqual(toleranceOf(model, value))
  })

  test('gives the same for one row at a time, and for the type of rows it does not compare in', () => {
    const width = model.facts.featureCount
    const all = [...model.predictMargin(rows, count)]
    const single = Array.from({ length: count }, (_, i) => [
      ...model.predictMargin(rows.slice(i * width, (i + 1) * width), 1),
    ])
    expect(single.flat()).toEqual(all)
    const floats = Float32Array.from(rows)
    const fromFloats = [...model.predictMargin(floats, count)]
    expect(fromFloats).toEqual([...model.predictMargin(Float64Array.from(floats), count)])
    if (model.facts.precision === 'float32') expect(fromFloats).toEqual(all)
  })

  test('gives finite numbers only', () => {
    expect(model.predict(rows, count).every(Number.isFinite)).toBe(true)
  })
})

test.each(fixtureNames.filter((name) => name.endsWith('.ubj')))(
  '%s says the same as the JSON file',
  (name) => {
    const json = readFixture(name.replace('.ubj', '.json'))
    const ubjson = readFixture(name)
    const { input } = expectedOf(name)
    const rows = rowsOf(json, input)
    expect({ ...ubjson.facts, format: '' }).toEqual({ ...json.facts, format: '' })
    expect(ubjson.features).toEqual(json.features)
    expect(ubjson.predictMargin(rows, input.length)).toEqual(json.predictMargin(rows, input.length))
  },
)

test('the class that multi:softmax predicts is the one of the largest probability', () => {
  const { model, expected, rows, count } = answersOf('made-softmax.json')
  const probabilities = model.predictProbabilities(rows, count)
  const classes = Array.from({ length: count }, (_, i) => {
    const row = [...probabilities.subarray(3 * i, 3 * i + 3)]
    return row.indexOf(Math.max(...row))
  })
  expect(classes).toEqual(expected.prediction)
})

test('two classes have two probabilities, which the library rounds as it does', () => {
  const { model, rows, count } = answersOf('xgb-3.0.0-binary-nan.json')
  const second = model.predict(rows, count)
  const both = model.predictProbabilities(rows, count)
  expect(both).toHaveLength(2 * count)
  for (let i = 0; i < count; i++) {
    expect(both[2 * i + 1]).toBe(second[i])
    expect(both[2 * i]).toBe(Math.fround(1 - second[i]))
  }
})
