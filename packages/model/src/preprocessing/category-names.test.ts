import { expect, test } from 'vitest'
import type { Cell } from '../frame/cell.ts'
import { categoryNames } from './category-names.ts'

test.each<[Cell[], string[]]>([
  [
    ['a', 'nan', null],
    ['a', 'nan', 'nan'],
  ],
  [
    [-1, 0, 3],
    ['-1', '0', '3'],
  ],
  [
    [1, 2, Number.NaN],
    ['1.0', '2.0', 'nan'],
  ],
  [
    [0, 0.5, 100],
    ['0.0', '0.5', '100.0'],
  ],
  [
    [-1e-5, 1e-4, 0.1],
    ['-1e-05', '0.0001', '0.1'],
  ],
  [
    [0.5, 123456789012345680, 1e16, 1e15],
    ['0.5', '1.2345678901234568e+17', '1e+16', '1000000000000000.0'],
  ],
  [
    [1.5e300, 5e-324],
    ['1.5e+300', '5e-324'],
  ],
])('%j are written as Python writes them', (categories, names) => {
  expect(categoryNames(categories)).toEqual(names)
})
