import { describe, expect, test } from 'vitest'
import { parseFeatures } from './features.ts'

const names = ['feature_a', 'feature_b']

describe('parseFeatures', () => {
  test.each([
    ['numbers', { feature_a: 1.3, feature_b: -3.2 }],
    ['numbers as text', { feature_a: '1.3', feature_b: '-3.2' }],
    ['another order', { feature_b: -3.2, feature_a: 1.3 }],
    ['more than is asked for', { feature_a: 1.3, feature_b: -3.2, feature_c: 'x' }],
  ])('reads %s in the order of the model', (_, value) => {
    expect(parseFeatures(names, value)).toEqual({ ok: true, row: [1.3, -3.2] })
  })

  test('names every field that is wrong', () => {
    expect(parseFeatures(names, { feature_b: null })).toEqual({
      ok: false,
      problems: [
        { field: 'feature_a', message: 'is missing' },
        { field: 'feature_b', message: 'must be a finite decimal number, but is null' },
      ],
      more: 0,
    })
  })

  test('tells the first problems of many, and how many more there are', () => {
    const many = Array.from({ length: 1000 }, (_, i) => `feature_${i}`)
    expect(parseFeatures(many, {}, 2)).toEqual({
      ok: false,
      problems: [
        { field: 'feature_0', message: 'is missing' },
        { field: 'feature_1', message: 'is missing' },
      ],
      more: 998,
    })
    expect(JSON.stringify(parseFeatures(many, [])).length).toBeLessThan(500)
  })

  test.each([[], null, 1, 'text', true, undefined])('%j is no object of features', (value) => {
    expect(parseFeatures(names, value)).toEqual({
      ok: false,
      problems: [{ field: '', message: 'must be an object with the members feature_a, feature_b' }],
      more: 0,
    })
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 'NaN', '', [1], {}, true])(
    '%j is no number',
    (value) => {
      expect(parseFeatures(['x'], { x: value })).toMatchObject({ ok: false })
    },
  )

  test('does not take what an object inherits for a feature', () => {
    expect(parseFeatures(['toString'], {})).toMatchObject({
      problems: [{ field: 'toString', message: 'is missing' }],
    })
  })
})
