import { describe, expect, test } from 'vitest'
import { parseFeatures } from './features.ts'

const numbers = (names: readonly string[]) =>
  names.map((name) => ({ name, type: 'number', nullable: false }) as const)

const features = numbers(['feature_a', 'feature_b'])
const ignoring = { unknownMembers: 'ignored' } as const

describe('parseFeatures', () => {
  test.each([
    ['numbers', { feature_a: 1.3, feature_b: -3.2 }],
    ['numbers as text', { feature_a: '1.3', feature_b: '-3.2' }],
    ['another order', { feature_b: -3.2, feature_a: 1.3 }],
    ['more than is asked for', { feature_a: 1.3, feature_b: -3.2, feature_c: 'x' }],
  ])('reads %s in the order of the model', (_, value) => {
    expect(parseFeatures(features, value, ignoring)).toEqual({ ok: true, row: [1.3, -3.2] })
  })

  test('names every field that is wrong', () => {
    expect(parseFeatures(features, { feature_b: null }, ignoring)).toEqual({
      ok: false,
      problems: [
        { field: 'feature_a', message: 'is missing' },
        { field: 'feature_b', message: 'must be a finite decimal number, but is null' },
      ],
      more: 0,
    })
  })

  test('tells the first problems of many, and how many more there are', () => {
    const many = numbers(Array.from({ length: 1000 }, (_, i) => `feature_${i}`))
    expect(parseFeatures(many, {}, { ...ignoring, mostProblems: 2 })).toEqual({
      ok: false,
      problems: [
        { field: 'feature_0', message: 'is missing' },
        { field: 'feature_1', message: 'is missing' },
      ],
      more: 998,
    })
    expect(JSON.stringify(parseFeatures(many, [], ignoring)).length).toBeLessThan(500)
  })

  test.each([[], null, 1, 'text', true, undefined])('%j is no object of features', (value) => {
    expect(parseFeatures(features, value, ignoring)).toEqual({
      ok: false,
      problems: [{ field: '', message: 'must be an object with the members feature_a, feature_b' }],
      more: 0,
    })
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 'NaN', '', [1], {}, true])(
    '%j is no number',
    (value) => {
      expect(parseFeatures(numbers(['x']), { x: value }, ignoring)).toMatchObject({ ok: false })
    },
  )

  test('does not take what an object inherits for a feature', () => {
    expect(parseFeatures(numbers(['toString']), {}, ignoring)).toMatchObject({
      problems: [{ field: 'toString', message: 'is missing' }],
    })
  })
})
