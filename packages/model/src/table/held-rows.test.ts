import { expect, test } from 'vitest'
import { detectFormat } from './detect-format.ts'
import { readLabelledTable } from './read-labelled-table.ts'

/** So many rows are held before columns are decided on. */
const held = 1024

const read = async (cells: readonly string[]) => {
  const lines = cells.map((cell, i) => `${cell},${i % 5},${i % 2 === 0 ? 'yes' : 'no'}`)
  const text = `a,b,label\n${lines.join('\n')}\n`
  const { columns } = await readLabelledTable([text], detectFormat(text), { label: 'label' })
  return columns[0]
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => `${i / 8}`)

test.each([10, held - 1, held, held + 1, 3000])('%i rows of numbers are numbers', async (count) => {
  const { kind, nDistinct, nMissing, use } = await read(numbers(count))
  expect({ kind, nDistinct, nMissing }).toEqual({ kind: 'number', nDistinct: count, nMissing: 0 })
  expect(use).toMatchObject({ form: 'number' })
  expect('column' in use && use.column.length).toBe(count)
})

test('an empty cell among the first numbers is a missing one', async () => {
  const { kind, nMissing } = await read(['', ...numbers(20)])
  expect({ kind, nMissing }).toEqual({ kind: 'number', nMissing: 1 })
})

test('codes with leading zeros stay text', async () => {
  const codes = Array.from({ length: 40 }, (_, i) => `0${10 + (i % 4)}`)
  expect((await read(codes)).kind).toBe('category')
})

test('a column that has text after its first rows keeps how its numbers were written', async () => {
  const cells = Array.from({ length: 2 * held }, (_, i) =>
    i < held ? `${i % 3}.0` : 'none of them',
  )
  const { kind, use } = await read(cells)
  expect(kind).toBe('category')
  expect('column' in use && 'values' in use.column && use.column.values).toEqual([
    ...['0.0', '1.0', '2.0', 'none of them'],
  ])
})
