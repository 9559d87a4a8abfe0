import { LogisticRegression } from '@dsapi/model'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { logisticRegressionRuntime } from '../kinds/logistic-regression.ts'
import { writeCell } from '../protocols/csv/write-cell.ts'
import { predictRow } from '../protocols/dsapi-json/answers.ts'
import { BatchFormatError } from './batch-input.ts'
import { resultHeader } from './result-lines.ts'
import { createNdjsonWriter } from './result-to-ndjson.ts'
import { scoreLines } from './score-lines.ts'

const fitted = new LogisticRegression().fit(
  [
    [0, 0],
    [1, 2],
    [2, 1],
    [3, 3],
  ],
  ['no', 'yes', 'no', 'yes'],
  { featureNames: ['a', 'b'] },
)
const model = logisticRegressionRuntime(fitted)
const csv = (...columns: string[]) => ({ type: 'csv', columns }) as const
const ndjson = { type: 'ndjson' } as const

const answerTo = (row: number[]) => {
  const answer = predictRow(model, row)
  if (!('class' in answer)) throw new Error('It has classes')
  return `${answer.class},${answer.class_probabilities.join(',')},`
}

test('the header names the classes', () => {
  expect(resultHeader(model.info)).toBe('row,class,probability_no,probability_yes,error')
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
    ['1', 'has 1 of 2 cells'],
    ['1,2,3', 'has 3 of 2 cells'],
    ['1,', 'b is missing'],
    ['nan,1', 'a is not a finite decimal number'],
    ['1,1e999', 'b is not a finite decimal number'],
    ['x,y', 'a is not a finite decimal number (and 1 more)'],
    [`1,${'1'.repeat(500_000)}`, 'b is not a finite decimal number'],
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
    ['[1]', 'has 1 of 2 values'],
    ['["x", null]', 'a must be a finite decimal number, but is other text (and 1 more)'],
    ['{"a": 1}', 'b is missing'],
    ['{}', 'a is missing (and 1 more)'],
    ['{"a": null, "b": 2}', 'a must be a finite decimal number, but is null'],
    ['nonsense', 'is not valid JSON'],
    ['3', 'must be an object with the members a, b'],
  ])('%j is told why it could not be scored', (line, why) => {
    const { output } = scoreLines(model, ndjson, line, 1)
    expect(output).toBe(`1,,,,${writeCell(why)}\n`)
  })
})

test('a result reads the same as JSON', () => {
  const { output } = scoreLines(model, csv('a', 'b'), '1,2\nx,1\n', 1)
  const [first, second] = createNdjsonWriter(model.info.output)(output).trim().split('\n')
  expect(JSON.parse(first)).toEqual({ row: 1, ...predictRow(model, [1, 2]) })
  expect(JSON.parse(second)).toEqual({ row: 2, error: 'a is not a finite decimal number' })
})

describe('a field in quotes', () => {
  test('may have line breaks, commas and quotes, and the rows after it keep their numbers', () => {
    const format = csv('note', 'a', 'b')
    const text = '"one\ntwo, and ""three""",1,2\r\n"\n\n",3,4\n"x",5,6\n'
    const { output, rows } = scoreLines(model, format, text, 1)
    expect(rows).toBe(3)
    expect(output).toBe(`1,${answerTo([1, 2])}\n2,${answerTo([3, 4])}\n3,${answerTo([5, 6])}\n`)
  })

  test.each(['1,"2\n3,4\n', '"1"2,3\n'])(
    'whose quotes do not pair in %j fails the batch',
    (text) => {
      expect(() => scoreLines(model, csv('a', 'b'), text, 1)).toThrow(BatchFormatError)
      expect(() => scoreLines(model, csv('a', 'b'), text, 1)).toThrow(
        /^The rows are not valid CSV: /,
      )
    },
  )

  test('that is empty is a row of one column', () => {
    const one = new LogisticRegression().fit([[0], [1]], ['no', 'yes'], { featureNames: ['a'] })
    expect(scoreLines(logisticRegressionRuntime(one), csv('a'), '""\n\n1\n', 1)).toMatchObject({
      rows: 2,
      failedRows: 1,
    })
  })
})

test('a batch without the columns of the model is a failure, and no result', () => {
  expect(() => scoreLines(model, csv('x', 'b'), '1,2\n', 1)).toThrow(
    'The header lacks columns that the model needs: a',
  )
})

describe('a text whose result is longer than a megabyte', () => {
  const allOf = (format: Parameters<typeof scoreLines>[1], text: string) => {
    const pieces: string[] = []
    let rest = text
    let rows = 0
    while (rest !== '') {
      const scored = scoreLines(model, format, rest, rows + 1)
      pieces.push(scored.output)
      rows += scored.rows
      rest = rest.slice(scored.readTo)
    }
    return { pieces, rows }
  }

  test.each([
    ['CSV that is right', csv('a', 'b'), '1,2\r\n', 40_000],
    ['CSV that is wrong', csv('a', 'b'), '1\n', 100_000],
    ['CSV with line breaks in quotes', csv('a', 'b', 'c'), '1,2,"\n"\n', 40_000],
    ['JSON that is right', ndjson, '[1,2]\n', 40_000],
    ['JSON that is wrong', ndjson, '{}\n', 100_000],
  ] as const)('is scored in pieces: %s', (_, format, line, count) => {
    const { pieces, rows } = allOf(format, line.repeat(count))
    expect(rows).toBe(count)
    expect(pieces.length).toBeGreaterThan(1)
    for (const piece of pieces) expect(piece.length).toBeLessThan(2 ** 20 + 200)
    const numbers = [...pieces.join('').matchAll(/^\d+/gm)].map(([number]) => Number(number))
    expect(numbers).toHaveLength(count)
    expect(numbers.every((number, index) => number === index + 1)).toBe(true)
  })
})

test('the error of a row is short, however many features are wrong and however long their names are', () => {
  const names = Array.from({ length: 200 }, (_, i) => `${'long name '.repeat(50)}${i}`)
  const wide = new LogisticRegression({ maxIter: 1 }).fit(
    [names.map(() => 0), names.map(() => 1)],
    ['no', 'yes'],
    { featureNames: names },
  )
  for (const [format, line] of [
    [ndjson, '{}'],
    [ndjson, '1'],
    [ndjson, JSON.stringify(names.map(() => 'x'.repeat(100)))],
    [csv(...names), names.map(() => 'x'.repeat(100)).join(',')],
  ] as const) {
    expect(scoreLines(logisticRegressionRuntime(wide), format, line, 1).output.length).toBeLessThan(
      200,
    )
  }
})

test('any line is read without throwing, and in one row', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(csv('a', 'b'), ndjson),
      (line, format) => {
        const { rows, output } = scoreLines(model, format, line.replaceAll(/[\r\n"]/g, ' '), 1)
        expect(rows).toBeLessThanOrEqual(1)
        expect(output.split('\n')).toHaveLength(rows + 1)
      },
    ),
  )
})
