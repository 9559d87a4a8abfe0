import { storableText } from '@dsapi/db'
import { CsvParser, type Label, LogisticRegression, LogisticRegressionModel } from '@dsapi/model'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { logisticRegressionRuntime } from '../kinds/logistic-regression.ts'
import { countedLabel } from '../protocols/dsapi-json/answer-rows.ts'
import { predictRow } from '../protocols/dsapi-json/answers.ts'
import { resultHeader } from './result-lines.ts'
import { createNdjsonWriter } from './result-to-ndjson.ts'
import { scoreLines } from './score-lines.ts'

const rows = [[-3], [-1], [1], [3]]
const text = rows.map(([x]) => `${x}\n`).join('')

const modelOf = (classes: readonly Label[]) => {
  const fitted = new LogisticRegression().fit(
    rows.slice(0, classes.length),
    classes.map((_, index) => index),
    { featureNames: ['x'] },
  )
  return logisticRegressionRuntime(new LogisticRegressionModel({ ...fitted, classes }))
}

const readCsv = (written: string) => {
  const records: (readonly string[])[] = []
  const parser = new CsvParser(({ fields }) => records.push(fields))
  parser.write(written)
  parser.end()
  return records
}

const classes = fc.oneof(
  fc.uniqueArray(
    fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.constantFrom(
        '001',
        '1',
        '1.5',
        '12345678901234567890',
        'true',
        'a\nb',
        'a\r\n"b",',
        ' a ',
      ),
    ),
    { minLength: 2, maxLength: 4, selector: storableText },
  ),
  fc.uniqueArray(fc.double({ noNaN: true, noDefaultInfinity: true }), {
    minLength: 2,
    maxLength: 4,
    selector: (value) => value + 0,
  }),
)

test('any classes are the same in an answer at once, in a batch as JSON and in a batch as CSV', () => {
  fc.assert(
    fc.property(classes, (labels) => {
      const model = modelOf(labels)
      const expected = rows.map((row) => predictRow(model, row))
      const output = storableText(
        scoreLines(
          model,
          { type: 'ndjson' },
          text.replace(/^.*$/gm, (x) => x && `[${x}]`),
          1,
        ).output,
      )
      const lines = createNdjsonWriter(model.info.output)(output).trimEnd().split('\n')
      expect(lines.map((line) => JSON.parse(line))).toEqual(
        JSON.parse(
          JSON.stringify(expected.map((answer, index) => ({ row: index + 1, ...answer }))),
        ),
      )
      const [header, ...records] = readCsv(`${storableText(resultHeader(model.info))}\n${output}`)
      expect(header).toEqual([
        'row',
        'class',
        ...labels.map((label) => `probability_${storableText(String(label))}`),
        'error',
      ])
      expect(records.map((cells) => cells[1])).toEqual(
        expected.map((answer) => storableText(String(countedLabel(answer)))),
      )
    }),
  )
})
