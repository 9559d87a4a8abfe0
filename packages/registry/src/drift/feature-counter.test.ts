import type { Cell } from '@dsapi/inference'
import { populationStabilityIndex } from '@dsapi/model'
import { expect, test } from 'vitest'
import { createFeatureCounter } from './feature-counter.ts'
import { countCells } from './training-shares.ts'

const compare = (isText: boolean, expected: readonly Cell[], actual: readonly Cell[]) => {
  const counter = createFeatureCounter(countCells(isText, expected))
  for (const cell of actual) counter.add(cell)
  return counter.result()
}

test('numbers of which none is missing are compared by their deciles', () => {
  const [expected, actual] = [
    Array.from({ length: 100 }, (_, i) => i),
    Array.from({ length: 70 }, (_, i) => 1.5 * i),
  ]
  expect(compare(false, expected, actual)).toEqual(populationStabilityIndex(expected, actual))
})

test('missing values are a share of their own, and move the index', () => {
  const numbers = Array.from({ length: 90 }, (_, i) => i)
  const nulls = (count: number) => Array<null>(count).fill(null)
  const same = compare(false, [...numbers, ...nulls(10)], [...numbers, ...nulls(10)])
  expect(same.psi).toBe(0)
  expect(same.missing).toEqual({ expectedShare: 0.1, actualShare: 0.1 })
  const moved = compare(false, [...numbers, ...nulls(10)], [...numbers, ...nulls(90)])
  expect(moved.psi).toBeGreaterThan(0.5)
  expect(moved.missing).toEqual({ expectedShare: 0.1, actualShare: 0.5 })
  expect(moved.bins.reduce((sum, { actualShare }) => sum + actualShare, 0)).toBeCloseTo(0.5)
})

test('texts are compared each by itself, and new ones together', () => {
  const { psi, bins, texts } = compare(
    true,
    ['red', 'red', 'red', 'blue'],
    ['red', 'blue', 'mauve', 'green'],
  )
  expect(psi).toBeGreaterThan(0.25)
  expect(bins).toEqual([])
  expect(texts).toEqual([
    { text: 'red', expectedShare: 0.75, actualShare: 0.25 },
    { text: 'blue', expectedShare: 0.25, actualShare: 0.25 },
    { expectedShare: 0, actualShare: 0.5 },
  ])
})

test.each([
  ['is missing in all rows', [null, null], [null]],
  ['is missing in the training data alone', [null, null], [1, 2]],
  ['is missing in the predictions alone', [1, 2], [null, null]],
])('a number that %s can be compared', (_, expected, actual) => {
  expect(Number.isFinite(compare(false, expected, actual).psi)).toBe(true)
})
