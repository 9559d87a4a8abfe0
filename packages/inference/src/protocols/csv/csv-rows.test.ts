import { LogisticRegression, ModelError, readTable } from '@dsapi/model'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RowBlock } from '../../batches/row-block.ts'
import { scoreLines } from '../../batches/score-lines.ts'
import { logisticRegressionRuntime } from '../../kinds/logistic-regression.ts'
import { readCsvRows } from './csv-rows.ts'

/** The number that a table for training has for a cell; undefined where it refuses the cell. */
const trained = (cell: string) => {
  try {
    return readTable(`x,y\n${cell},1\n`, { label: 'y', trustHeader: true }).X.data[0]
  } catch (error) {
    if (error instanceof ModelError) return undefined
    throw error
  }
}

/** The number that a batch has for a cell; undefined where it has none. */
const scored = (cell: string) => {
  const features = [{ name: 'x', type: 'number', nullable: false }] as const
  const block = new RowBlock(features)
  readCsvRows(features, ['x', 'y'], `${cell},1\n`)(block)
  const [batch] = block.batches(1)
  return batch?.numbers[0]
}

test.each([
  [' 1 ', 1],
  ['\t.5', 0.5],
  ['\u00a01e3', 1000],
  ['" 2 "', 2],
  ['1'.padStart(400, '0'), 1],
  ['1'.padStart(401, '0'), undefined],
  ['', undefined],
  ['0x10', undefined],
  ['1e999', undefined],
  ['NaN', undefined],
])('training and scoring read the cell %j alike', (cell, expected) => {
  expect(trained(cell)).toBe(expected)
  expect(scored(cell)).toBe(expected)
})

test('training and scoring read any cell alike', () => {
  const unit = fc.constantFrom(...'0123456789.eE+-xb \t\u00a0\u2003"')
  const cell = fc.string({ unit, maxLength: 6 }).map((text) => `"${text.replaceAll('"', '""')}"`)
  fc.assert(
    fc.property(cell, (text) => {
      expect(scored(text)).toBe(trained(text))
    }),
    { numRuns: 1000 },
  )
})

test('a batch is scored as the table that a model was fitted to', () => {
  const text = 'x,y\n 1 ,no\n"2",no\r\n\n3,yes\n 4,yes'
  const { X, y } = readTable(text, { label: 'y' })
  const model = new LogisticRegression().fit(X, y, { featureNames: ['x'] })
  const format = { type: 'csv', columns: ['x', 'y'] } as const
  const rows = text.slice(text.indexOf('\n') + 1)
  const { output, failedRows } = scoreLines(logisticRegressionRuntime(model), format, rows, 1)
  expect(failedRows).toBe(0)
  expect(output.match(/(?<=^\d,)\w+/gm)).toEqual(model.predict(X))
})
