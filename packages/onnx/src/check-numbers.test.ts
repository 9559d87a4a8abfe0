import { InputError } from '@dsapi/inference'
import { expect, test } from 'vitest'
import { createNumberCheck } from './check-numbers.ts'
import { numberLimits } from './describe/number-limits.ts'

const check = (elementType: string, ...numbers: readonly number[]) => {
  const features = [{ name: 'x', type: 'number', nullable: true }] as const
  const limits = numberLimits([{ name: 'x', elementType, axes: 2, width: 1 }])
  const batch = { nRows: numbers.length, numbers: Float64Array.from(numbers), texts: [] }
  return () => createNumberCheck({ features }, limits)(batch)
}

test.each([
  ['float32', 3.4028234663852886e38],
  ['float32', Number.NaN],
  ['float64', 1e300],
  ['int64', -(2 ** 53 - 1)],
  ['uint8', 255],
  ['int8', -128],
  ['bool', 1],
])('%s takes %d', (elementType, number) => {
  expect(check(elementType, 0, number)).not.toThrow()
})

test.each([
  ['float32', 1e39],
  ['float64', Number.POSITIVE_INFINITY],
  ['int64', 0.5],
  ['int64', 2 ** 53],
  ['int32', 2 ** 31],
  ['uint8', -1],
  ['int8', Number.NaN],
  ['bool', 2],
])('%s refuses %d, with the row and the feature', (elementType, number) => {
  expect(check(elementType, 0, number)).toThrow(InputError)
  expect(check(elementType, 0, number)).toThrow("Row 2: the feature 'x' is")
})
