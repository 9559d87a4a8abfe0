import { describe, expect, test } from 'vitest'
import type { ModelInfo } from '../model-info.ts'
import { createComparison } from './compare-answers.ts'

const infoOf = (output: ModelInfo['output']): ModelInfo => ({
  ...{ format: 'toy', precision: 'float64', features: [], featureNames: [] },
  output,
})
const classifier = (...classes: (string | number)[]) => infoOf({ type: 'classes', classes })
const regressor = (...names: string[]) => infoOf({ type: 'values', names })

describe('answers of two classifiers', () => {
  const compare = createComparison(classifier('no', 'yes'), classifier('no', 'yes'))

  test('agree when their classes are the same, and differ by the largest probability', () => {
    const one = { class: 'yes', class_probabilities: [0.25, 0.75] }
    const other = { class: 'yes', class_probabilities: [0.375, 0.625] }
    expect(compare(one, one)).toEqual({ agrees: true, size: 0 })
    expect(compare(one, other)).toEqual({ agrees: true, size: 0.125 })
  })

  test('disagree when their classes are others, however close', () => {
    const one = { class: 'yes', class_probabilities: [0.5, 0.5] }
    expect(compare(one, { ...one, class: 'no' })).toEqual({ agrees: false, size: 0 })
  })

  test('are compared class by class where the order is another', () => {
    const turned = createComparison(classifier('no', 'yes'), classifier('yes', 'no'))
    const one = { class: 'yes', class_probabilities: [0.25, 0.75] }
    const other = { class: 'yes', class_probabilities: [0.75, 0.25] }
    expect(turned(one, other)).toEqual({ agrees: true, size: 0 })
  })

  test('differ by the whole probability of a class that one of them lacks', () => {
    const wider = createComparison(classifier(0, 1), classifier(0, 1, 2))
    const one = { class: 0, class_probabilities: [1, 0] }
    const other = { class: 2, class_probabilities: [0.25, 0, 0.75] }
    expect(wider(one, other)).toEqual({ agrees: false, size: 0.75 })
  })
})

describe('answers of two regressors', () => {
  const compare = createComparison(regressor('a'), regressor('a'))

  test('agree within 1 % of the larger value, of either sign', () => {
    expect(compare({ value: 100 }, { value: 99 })).toEqual({ agrees: true, size: 0.01 })
    expect(compare({ value: -100 }, { value: -98 })).toEqual({ agrees: false, size: 0.02 })
    expect(compare({ value: 0 }, { value: 0 })).toEqual({ agrees: true, size: 0 })
    expect(compare({ value: 1 }, { value: -1 })).toEqual({ agrees: false, size: 2 })
  })

  test('are compared value by value', () => {
    const compareBoth = createComparison(regressor('a', 'b'), regressor('b', 'a'))
    const difference = compareBoth({ values: { a: 1, b: 2 } }, { values: { b: 4, a: 1 } })
    expect(difference).toEqual({ agrees: false, size: 0.5 })
  })
})

test.each([
  [{ class: 1, class_probabilities: [0, 1] }, { value: 1 }],
  [{ value: 1 }, { values: { a: 1 } }],
  [{ values: { a: 1 } }, { values: { b: 1 } }],
])('%j and %j cannot be compared, so they differ in all', (one, other) => {
  const compare = createComparison(classifier(0, 1), regressor('a'))
  expect(compare(one, other)).toEqual({ agrees: false, size: 1 })
})
