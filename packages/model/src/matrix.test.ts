import { describe, expect, it } from 'vitest'
import { checkFinite, Matrix } from './matrix.ts'

describe('Matrix', () => {
  it('holds rows one after the other and gives them back', () => {
    const matrix = Matrix.fromRows([
      [1, 2, 3],
      [4, 5, 6],
    ])
    expect([...matrix.data]).toEqual([1, 2, 3, 4, 5, 6])
    expect([...matrix.row(1)]).toEqual([4, 5, 6])
    expect(matrix.toRows()).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ])
  })

  it('refuses rows of different lengths', () => {
    expect(() => Matrix.fromRows([[1, 2], [3]])).toThrow(
      'row 1 has 1 columns; expected 2, as in row 0',
    )
  })

  it('refuses data that are no whole number of rows', () => {
    expect(() => new Matrix(new Float64Array(5), 2, 3)).toThrow('expected 2 rows of 3')
  })
})

describe('an object that is no array', () => {
  it.each([1e308, 1e12, 3, -1, 1.5])('and claims a length of %d is refused', (length) => {
    expect(() => Matrix.fromRows([{ length }])).toThrow('; expected an array')
  })

  it('and has its items is taken', () => {
    expect(Matrix.fromRows([{ length: 2, 0: 1, 1: 2 }]).toRows()).toEqual([[1, 2]])
  })
})

describe('checkFinite', () => {
  it('says where the first value that is no finite number stands', () => {
    const matrix = Matrix.fromRows([
      [1, 2],
      [3, Number.NaN],
    ])
    expect(() => checkFinite(matrix)).toThrow(
      'X is NaN in row 1, column 1; expected a finite number',
    )
  })

  it('refuses a matrix without rows', () => {
    expect(() => checkFinite(Matrix.fromRows([]))).toThrow('X has 0 rows')
  })

  it('comes back from JSON', () => {
    const matrix = Matrix.fromRows([
      [1, 2.5],
      [3, -4e300],
    ])
    expect(Matrix.fromRows(JSON.parse(JSON.stringify(matrix)))).toEqual(matrix)
  })
})
