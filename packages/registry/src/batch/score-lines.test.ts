import { LogisticRegression } from '@dsapi/model'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { predictRow } from '../prediction.ts'
import { readHeader } from './batch-input.ts'
import { resultToNdjson } from './batch-result.ts'
import { readCells, writeCell } from './csv-cells.ts'
import { resultHeader, scoreLines } from './score-lines.ts'

const model = new LogisticRegression().fit(
  [
    [0, 0],
    [1, 2],
    [2, 1],
    [3, 3],
  ],
  ['no', 'yes', 'no', 'yes'],
  { featureNames: ['a', 'b'] },
)
const csv = (...columns: string[]) => ({ type: 'csv', columns }) as const
const ndjson = { type: 'ndjson' } as const

const answerTo = (row: number[]) => {
  const { class: label, class_probabilities } = predictRow(model, row)
  return `${label},${class_probabilities.join(',')},`
}

test('the header names the classes', () => {
  expect(resultHeader(model)).toBe('row,class,probability_no,probability_yes,error')
})

describe('lines of CSV', () => {
  test('are scored in order, each under its number', () => {
    const { output, rows, failedRows } = scoreLines(model, csv('a', 'b'), '1,2\n3,4\n', 7)
    expect(output).toBe(`7,${answerTo([1, 2])}\n8,${answerTo([3, 4])}\n`)
    expect({ rows, failedRows }).toEqual({ rows: 2, failedRows: 0 })
  })

  test('may have other columns, in any order, quotes, blanks, CRLF and no last line end', () => {
    const format = csv('name', 'b', 'a')
    const { output } = scoreLines(model, format, '"x, y",2, 1\r\n\r\nz,"4",3', 1)
    expect(output).toBe(`1,${answerTo([1, 2])}\n2,${answerTo([3, 4])}\n`)
  })

  test.each([
    ['1', 'it has 1 cells, but the header has 2'],
    ['1,2,3', 'it has 3 cells, but the header has 2'],
    ['1,', 'b is not a finite decimal number'],
    ['nan,1', 'a is not a finite decimal number'],
    ['1,1e999', 'b is not a finite decimal number'],
  ])('%j is told why it could not be scored, and the others are scored', (line, why) => {
    const { output, failedRows } = scoreLines(model, csv('a', 'b'), `${line}\n1,2\n`, 1)
    expect(output).toBe(`1,,,,${writeCell(why)}\n2,${answerTo([1, 2])}\n`)
    expect(failedRows).toBe(1)
  })
})

describe('lines of JSON', () => {
  test('are arrays or objects', () => {
    const { output } = scoreLines(model, ndjson, '[1, 2]\n{"b": "4", "a": 3}\n', 1)
    expect(output).toBe(`1,${answerTo([1, 2])}\n2,${answerTo([3, 4])}\n`)
  })

  test.each([
    ['[1]', 'it has 1 values, but the model has 2 features'],
    ['{"a": 1}', 'b is missing'],
    ['{"a": null, "b": 2}', 'a must be a finite decimal number, but is null'],
    ['nonsense', 'it is not valid JSON'],
    ['3', 'must be an object with the members a, b'],
  ])('%j is told why it could not be scored', (line, why) => {
    const { output } = scoreLines(model, ndjson, line, 1)
    expect(output).toBe(`1,,,,${writeCell(why)}\n`)
  })
})

test('a result reads the same as JSON', () => {
  const { output } = scoreLines(model, csv('a', 'b'), '1,2\nx,"1\n', 1)
  const [first, second] = resultToNdjson(resultHeader(model), output).trim().split('\n')
  expect(JSON.parse(first)).toEqual({ row: 1, ...predictRow(model, [1, 2]) })
  expect(JSON.parse(second)).toEqual({ row: 2, error: 'a is not a finite decimal number' })
})

test('what is written as cells is read as the same cells', () => {
  const cell = fc.string({ unit: 'binary' }).filter((text) => !/[\r\n]/.test(text))
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1 }), (cells) => {
      expect(readCells(cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(','))).toEqual(
        cells,
      )
    }),
  )
})

test('any line is read without throwing, and in one row', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(csv('a', 'b'), ndjson),
      (line, format) => {
        const { rows, output } = scoreLines(model, format, line.replaceAll('\n', ' '), 1)
        expect(rows).toBeLessThanOrEqual(1)
        expect(output.split('\n')).toHaveLength(rows + 1)
      },
    ),
  )
})

test('a header may begin with a byte order mark', () => {
  expect(readHeader('\uFEFFa, "b c"')).toEqual(['a', 'b c'])
})
