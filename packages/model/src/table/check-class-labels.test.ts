import { describe, expect, it } from 'vitest'
import { checkClassLabels } from './check-class-labels.ts'

const rows = (n: number, label: (row: number) => number | string) =>
  Array.from({ length: n }, (_, row) => label(row))

describe('checkClassLabels', () => {
  it.each([
    ['prices', rows(400, (row) => 99.5 + row), 'numbers with fractions: 400 of 400, such as 99.5'],
    ['one fraction among whole numbers', [0, 1, 0, 1, 0.5], '1 of 5, such as 0.5'],
    ['an ID in each row', rows(50, (row) => `id-${row}`), '"id-0", "id-1", "id-2"'],
    ['a whole number in each row', rows(50, (row) => row), '50 different labels in 50 rows'],
    ['three rows with a label each', ['a', 'b', 'c'], '3 different labels in 3 rows'],
    ['nearly as many words as rows', rows(20, (row) => `id-${row % 18}`), '18 different labels'],
    ['many whole numbers, few rows of each', rows(90, (row) => row % 30), '30 different labels'],
  ])('refuses %s', (_, y, message) => {
    expect(() => checkClassLabels(y, 'price')).toThrow(message)
  })

  it.each([
    ['two classes in two rows', [0, 1]],
    ['a small table of four classes', [0, 1, 2, 3, 1]],
    ['three classes of two rows', [0, 1, 2, 0, 1, 2]],
    ['a hundred classes of ten rows', rows(1000, (row) => row % 100)],
    ['words', ['yes', 'no', 'yes', 'no']],
    ['negative whole numbers', [-1, 1, -1, 1]],
  ])('takes %s for classes', (_, y) => {
    expect(() => checkClassLabels(y)).not.toThrow()
  })

  it('names the option with which such labels are accepted', () => {
    expect(() => checkClassLabels([0.5, 1])).toThrow(
      expect.objectContaining({ facts: { row: 0, option: 'labelsAreClasses' } }),
    )
  })
})
