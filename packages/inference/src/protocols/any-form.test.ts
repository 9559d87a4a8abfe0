import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  costOf,
  lengthOf,
  oneValue,
  orderFeatures,
  someClasses,
  sometimesInfinite,
  twoValues,
} from '../../test/toy-models.ts'
import { BatchBuilder, rowOf } from '../batch-builder.ts'
import { keptOutput, outputOf } from '../batches/batch-result.ts'
import { resultHeader } from '../batches/result-lines.ts'
import { createNdjsonWriter } from '../batches/result-to-ndjson.ts'
import { RowBlock } from '../batches/row-block.ts'
import { scoreLines } from '../batches/score-lines.ts'
import { ModelFailedError } from '../model-failed-error.ts'
import type { Feature } from '../model-info.ts'
import type { Cell, Row } from '../row.ts'
import { writeCell } from './csv/write-cell.ts'
import { csv } from './csv.ts'
import { predictRow, predictRowInTime } from './dsapi-json/answers.ts'
import { parseFeatures } from './dsapi-json/features.ts'
import { readPathRow } from './dsapi-json/path-row.ts'
import { predictFeatures, readSlowResult } from './dsapi-json/slow-prediction.ts'
import { dsapiJson } from './dsapi-json.ts'
import { ndjson } from './ndjson.ts'

const { info } = twoValues
const columns = orderFeatures.map(({ name }) => name)
const bytesOf = (body: unknown) => new TextEncoder().encode(JSON.stringify(body))

/** A row of orders; JSON has no minus zero. */
const cells: Readonly<Record<Feature['type'], fc.Arbitrary<Cell>>> = {
  number: fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
  integer: fc.maxSafeInteger().map((x) => x + 0),
  boolean: fc.constantFrom(0, 1),
  // An empty text has no form in CSV nor in a path, and half of a surrogate pair none in UTF-8.
  text: fc.string({ unit: 'grapheme', minLength: 1 }),
}
const anyRow = fc.tuple(
  ...orderFeatures.map(({ type, nullable }) =>
    nullable ? fc.option(cells[type], { nil: null }) : cells[type],
  ),
)

/** A value as JSON has it, in one of its forms. */
const written = (feature: Feature, cell: Cell, form: number): unknown => {
  if (cell === null || feature.type === 'text') return cell
  if (feature.type === 'boolean') {
    return [cell, cell === 1, cell === 1 ? 'true' : 'false', cell === 1 ? 'True' : 'False'][
      form % 4
    ]
  }
  return form % 2 === 0 ? cell : String(cell)
}
const inJson = (row: Row, form: number) =>
  row.map((cell, j) => written(orderFeatures[j], cell, form))
const inObject = (row: Row, form: number) =>
  Object.fromEntries(
    inJson(row, form).flatMap((value, j): [string, unknown][] =>
      value === null && form % 3 === 0 ? [] : [[columns[j], value]],
    ),
  )
const inPath = (row: Row) =>
  row
    .flatMap((cell, j) => (cell === null ? [] : [columns[j], encodeURIComponent(String(cell))]))
    .join('/')

const batchOf = (rows: readonly Row[]) => {
  const builder = new BatchBuilder(orderFeatures)
  for (const row of rows) builder.add(row)
  return builder.batch()
}
const blockOf = (source: (block: RowBlock) => boolean) => {
  const block = new RowBlock(orderFeatures)
  while (source(block));
  expect(block.problems.filter((problem) => problem !== undefined)).toEqual([])
  return [...block.batches(1e6)][0]
}

describe('a row is the same, however it is written', () => {
  const rows = fc.array(anyRow, { minLength: 1, maxLength: 5 })

  test('in the arrays and objects of a body', () => {
    fc.assert(
      fc.property(rows, fc.nat(11), (rows, form) => {
        for (const instances of [
          rows.map((row) => inJson(row, form)),
          rows.map((row) => inObject(row, form)),
        ]) {
          const read = dsapiJson.read(bytesOf({ instances }), info, { unknownMembers: 'refused' })
          expect(read).toEqual({ ok: true, batches: [batchOf(rows)] })
        }
      }),
    )
  })

  test('in lines of JSON', () => {
    fc.assert(
      fc.property(rows, fc.nat(11), (rows, form) => {
        const lines = rows.map((row, at) =>
          JSON.stringify(at % 2 === 0 ? inJson(row, form) : inObject(row, form)),
        )
        const format = { type: 'ndjson', unknownMembers: 'refused' } as const
        expect(blockOf(ndjson.rows(lines.join('\n'), format, info))).toEqual(batchOf(rows))
      }),
    )
  })

  test('in cells of CSV', () => {
    fc.assert(
      fc.property(rows, fc.nat(11), (rows, form) => {
        const lines = rows.map((row) =>
          inJson(row, form)
            .map((value) => writeCell(value === null ? '' : String(value)))
            .join(','),
        )
        const format = { type: 'csv', columns } as const
        expect(blockOf(csv.rows(lines.join('\n'), format, info))).toEqual(batchOf(rows))
      }),
    )
  })

  test('in a path, where a name without a value is left out', () => {
    fc.assert(
      fc.property(anyRow, (row) => {
        expect(readPathRow(orderFeatures, inPath(row))).toEqual({ ok: true, row })
      }),
    )
  })

  test('and is taken out of a batch as it came', () => {
    fc.assert(
      fc.property(rows, (rows) => {
        const batch = batchOf(rows)
        expect(rows.map((_, at) => rowOf(orderFeatures, batch, at))).toEqual(rows)
      }),
    )
  })
})

describe('a member that is no feature', () => {
  const order = { price: 1, colour: 'red', items: 2, express: true, note: 'n' }

  test.each([
    [
      'a typing error beside what may be missing',
      { ...order, price: undefined, prise: 1 },
      'prise',
    ],
    ['the name of a method', { ...order, toString: 1 }, 'toString'],
    ['a name that is too long to show', { ...order, ['x'.repeat(1000)]: 1 }, `${'x'.repeat(39)}…`],
  ])('is refused by its name: %s', (_, given, field) => {
    const value = JSON.parse(JSON.stringify(given))
    expect(parseFeatures(orderFeatures, value, { unknownMembers: 'refused' })).toEqual({
      ok: false,
      problems: [{ field, message: 'is not a feature of the model' }],
      more: 0,
    })
    expect(parseFeatures(orderFeatures, value, { unknownMembers: 'ignored' }).ok).toBe(true)
  })

  test('is refused with what else is wrong, and the first problems are listed', () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`m${i}`, 1]))
    const options = { unknownMembers: 'refused', mostProblems: 3 } as const
    const parsed = parseFeatures(orderFeatures, many, options)
    if (parsed.ok) throw new Error('It should be refused')
    expect(parsed.problems).toHaveLength(3)
    expect(parsed.more).toBe(1000)
  })
})

test.each(['__proto__', 'constructor', 'a/b', '50%', 'ünï', ' '])(
  'a feature may be called %j',
  (name) => {
    const features: readonly Feature[] = [{ name, type: 'text', nullable: true }]
    const json = JSON.parse(`{${JSON.stringify(name)}:"v"}`)
    const read = { ok: true, row: ['v'] }
    expect(parseFeatures(features, json, { unknownMembers: 'refused' })).toEqual(read)
    expect(readPathRow(features, `${encodeURIComponent(name)}/v`)).toEqual(read)
    const absent = parseFeatures(features, {}, { unknownMembers: 'refused' })
    expect(absent).toEqual({ ok: true, row: [null] })
  },
)

test.each([
  ['nothing at all', ''],
  ['an empty name', '/1'],
  ['names in another order', 'note/n/items/2/express/true'],
  ['a name twice', 'items/2/items/2/express/true/note/n'],
  ['a name without a value', 'items/2/express/true/note'],
  ['a name too many', 'items/2/express/true/note/n/more/1'],
  ['a needed name that is left out', 'price/1/items/2/note/n'],
])('a path with %s is not that of the model', (_, path) => {
  expect(readPathRow(orderFeatures, path)).toEqual({ ok: false, reason: 'names' })
})

test('an empty value in a path is not a missing one', () => {
  expect(readPathRow(orderFeatures, 'price//colour//items/2/express/true/note/')).toEqual({
    ok: false,
    reason: 'values',
    problems: [
      { field: 'price', message: 'must be a finite decimal number' },
      { field: 'colour', message: 'must not be empty' },
      { field: 'note', message: 'must not be empty' },
    ],
  })
})

describe('values', () => {
  const row: Row = [1.5, 'red', 2, 1, 'note']
  const lines = '1.5,red,2,true,note\n,,3,0,x\n'
  const format = { type: 'csv', columns } as const

  test('are answered under their names, or alone where there is one', async () => {
    expect(predictRow(oneValue, row)).toEqual({ value: 4.5 })
    expect(await predictRowInTime(twoValues, row)).toEqual({
      values: { cost: costOf(row), 'text length': lengthOf(row) },
    })
  })

  test('of many rows are written as those of each alone', () => {
    fc.assert(
      fc.property(fc.array(anyRow.filter(([, colour]) => colour === null)), (rows) => {
        for (const model of [oneValue, twoValues, someClasses]) {
          const read = dsapiJson.read(bytesOf({ instances: rows }), model.info, {
            unknownMembers: 'refused',
          })
          if (!read.ok) throw new Error(read.reason)
          const answers = read.batches.flatMap((batch) => model.predictSync?.(batch) ?? [])
          const json = `[${answers.map((answer) => dsapiJson.write(answer)).join(',')}]`
          expect(JSON.parse(json)).toEqual(
            JSON.parse(JSON.stringify(rows.map((each) => predictRow(model, each)))),
          )
        }
      }),
    )
  })

  test.each([
    ['one', oneValue, 'row,value,error', [{ value: 4.5 }, { value: 3 }]],
    [
      'two',
      twoValues,
      'row,cost,text length,error',
      [{ values: { cost: 4.5, 'text length': 7 } }, { values: { cost: 3, 'text length': 1 } }],
    ],
    [
      'classes of two types',
      someClasses,
      'row,class,probability_0,probability_dear,error',
      [
        { class: 0, class_probabilities: [1, 0] },
        { class: 0, class_probabilities: [1, 0] },
      ],
    ],
  ])('of a batch keep their types as JSON: %s', (_, model, header, answers) => {
    expect(resultHeader(model.info)).toBe(header)
    const { output } = scoreLines(model, format, lines, 1)
    const result = { model_version: '', rows: 2, failed_rows: 0, header, chunks: 1 }
    const kept = outputOf({ ...result, ...keptOutput(model.info.output) })
    if (kept === undefined) throw new Error('It should be known')
    const written = createNdjsonWriter(kept)(output).trimEnd().split('\n')
    expect(written.map((line) => JSON.parse(line))).toEqual(
      answers.map((answer, at) => ({ row: at + 1, ...answer })),
    )
  })

  test('of a slow prediction are read as they were stored', async () => {
    for (const model of [oneValue, twoValues, someClasses]) {
      const features = { items: 2, express: 1, note: 'n' }
      const stored = JSON.parse(JSON.stringify(await predictFeatures(model, '1-a', features)))
      expect(readSlowResult(stored)).toEqual({
        ...predictRow(model, [null, null, 2, 1, 'n']),
        model_version: '1-a',
      })
    }
  })
})

describe('a row that the model refuses', () => {
  const line = (colour: string) => JSON.stringify([1, colour, 2, true, 'n'])

  test('is refused by the name of its feature', () => {
    expect(() => predictRow(oneValue, [1, 'mauve', 2, 1, 'n'])).toThrow(
      expect.objectContaining({ name: 'InputError', row: 0, field: 'colour' }),
    )
  })

  test('fails alone, wherever it is in a batch', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('red', 'mauve'), { minLength: 1 }), (colours) => {
        const { output, failedRows } = scoreLines(
          oneValue,
          { type: 'ndjson' },
          colours.map(line).join('\n'),
          1,
        )
        const expected = colours.map((colour, at) =>
          colour === 'red' ? `${at + 1},4,` : `${at + 1},,"colour must be one of red, blue"`,
        )
        expect(output).toBe(expected.map((each) => `${each}\n`).join(''))
        expect(failedRows).toBe(colours.filter((colour) => colour === 'mauve').length)
      }),
    )
  })
})

describe('a number that is not finite', () => {
  test('is never answered', async () => {
    expect(() => predictRow(sometimesInfinite, [-1])).toThrow(ModelFailedError)
    await expect(predictRowInTime(sometimesInfinite, [-1])).rejects.toThrow(ModelFailedError)
    const one = { ...sometimesInfinite, predictOne: ([x]: readonly number[]) => [Math.sqrt(x)] }
    expect(() => predictRow(one, [-1])).toThrow(ModelFailedError)
    expect(predictRow(one, [4])).toEqual({ value: 2 })
  })

  test('fails its row alone in a batch', () => {
    const { output } = scoreLines(sometimesInfinite, { type: 'ndjson' }, '[4]\n[-1]\n[9]\n', 1)
    expect(output).toBe('1,2,\n2,,the model has no finite answer to this row\n3,3,\n')
  })
})

describe('rows that leave out what may be missing', () => {
  const wide: readonly Feature[] = Array.from({ length: 1000 }, (_, j) => ({
    name: `f${j}`,
    type: 'number',
    nullable: true,
  }))
  const wideInfo = { ...info, features: wide, featureNames: wide.map(({ name }) => name) }

  test('are refused where they would take far more memory than their text', () => {
    const body = bytesOf({ instances: Array(10_000).fill({}) })
    expect(dsapiJson.read(body, wideInfo, { unknownMembers: 'refused' })).toMatchObject({
      ok: false,
      reason: 'tooManyValues',
    })
    const few = bytesOf({ instances: Array(100).fill({ f5: 1 }) })
    expect(dsapiJson.read(few, wideInfo, { unknownMembers: 'refused' }).ok).toBe(true)
  })

  test('are read some at a time in a batch', () => {
    const source = ndjson.rows('{}\n'.repeat(1000), { type: 'ndjson' }, wideInfo)
    const block = new RowBlock(wide)
    expect(source(block)).toBe(true)
    expect(block.ends.length).toBeLessThan(200)
  })
})
