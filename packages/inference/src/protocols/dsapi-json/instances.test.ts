import { LogisticRegression } from '@dsapi/model'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { computeBatchNow } from '../../compute.ts'
import { logisticRegressionRuntime } from '../../kinds/logistic-regression.ts'
import { answerRows, sampleEvery } from './answer-rows.ts'
import { rowsPerPiece } from './answer-size.ts'
import { predictRow } from './answers.ts'
import { readInstances } from './read-instances.ts'

const fitted = new LogisticRegression().fit(
  [
    [0, 1],
    [1, 0],
    [2, 2],
    [3, -1],
  ],
  ['low', 'mid', 'mid', '"high"'],
  { featureNames: ['x', 'y'] },
)

const model = logisticRegressionRuntime(fitted)
const { features } = model.info

const encoder = new TextEncoder()

/** Reads and predicts a body, in pieces of so many rows. */
const predictText = (text: string, size = 0, perPiece = rowsPerPiece(model.info)) => {
  const read = readInstances(features, encoder.encode(text), {
    unknownMembers: 'ignored',
    rowsPerPiece: perPiece,
  })
  if (!read.ok) return read
  const rows = read.batches.reduce((sum, { nRows }) => sum + nRows, 0)
  const every = sampleEvery(rows, size)
  let firstRow = 0
  const predicted = read.batches.map((batch) => {
    const answer = answerRows(features, batch, computeBatchNow(model, batch), { every, firstRow })
    firstRow += batch.nRows
    return answer
  })
  const json = `{"predictions":[${predicted.map((piece) => piece.json).join(',')}]}`
  return { ok: true, json, sample: predicted.flatMap(({ sample }) => sample) } as const
}
const predictInstances = (body: unknown, size = 0) => predictText(JSON.stringify(body), size)
const problemsOf = (predicted: ReturnType<typeof predictText>) => {
  if (predicted.ok || predicted.reason !== 'rows')
    throw new Error('There are no problems with rows')
  return predicted.problems
}

// JSON has no minus zero.
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0)
const row = fc.tuple(finite, finite)

test('many rows, however they are given, are each answered as one alone', () => {
  const given = row.chain(([x, y]) =>
    fc.constantFrom<unknown>([x, y], { y, x }, [String(x), y], { x, y: String(y) }),
  )
  fc.assert(
    fc.property(fc.array(given), (instances) => {
      const predicted = predictInstances({ instances })
      const alone = instances.map((instance) => {
        const { x, y } = Array.isArray(instance)
          ? { x: instance[0], y: instance[1] }
          : (instance as { x: unknown; y: unknown })
        return predictRow(model, [Number(x), Number(y)])
      })
      if (!predicted.ok) throw new Error(JSON.stringify(predicted))
      expect(JSON.parse(predicted.json)).toEqual(JSON.parse(JSON.stringify({ predictions: alone })))
    }),
  )
})

test('anything else is told of, and never thrown', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (body) => {
      const predicted = predictInstances(body)
      if (predicted.ok) JSON.parse(predicted.json)
      else expect(problemsOf(predicted).length).toBeGreaterThan(0)
    }),
  )
})

test('of anything within instances too', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (instances) => {
      const predicted = predictInstances({ instances })
      if (predicted.ok) JSON.parse(predicted.json)
      else for (const { field } of problemsOf(predicted)) expect(field).toMatch(/^instances\[\d+\]/)
    }),
  )
})

test('a sample is even, no larger than asked for, and has each row as it was answered', () => {
  fc.assert(
    fc.property(fc.array(row), fc.integer({ min: 1, max: 20 }), (instances, size) => {
      const predicted = predictInstances({ instances }, size)
      if (!predicted.ok) throw new Error(JSON.stringify(predicted))
      const every = Math.ceil(instances.length / size)
      const chosen = instances.filter((_, index) => index % every === 0)
      expect(chosen.length).toBeLessThanOrEqual(size)
      expect(predicted.sample).toEqual(
        chosen.map((row) => ({ features: row, answer: predictRow(model, row) })),
      )
    }),
  )
})

test('no sample is taken unless it is asked for', () => {
  expect(predictInstances({ instances: [[1, 2]] })).toMatchObject({ ok: true, sample: [] })
})

test('a body is valid here if it is valid for JSON.parse, whatever its white space and pieces are', () => {
  const space = fc.constantFrom('', ' ', '\n', '\t \r')
  const token = fc.constantFrom(
    '[',
    ']',
    '{',
    '}',
    ',',
    ':',
    '"',
    '\\',
    '1',
    'null',
    '"x"',
    '"y":2',
  )
  const mangled = fc
    .tuple(fc.array(row, { maxLength: 5 }), space, fc.nat(), fc.option(token), fc.boolean())
    .map(([rows, blank, at, inserted, cut]) => {
      const text = `{"other":["]",{"a":"\\""}],"instances":${JSON.stringify(rows)}}`
      const spaced = text.replaceAll(/[,:[\]{}]/g, (mark) => mark + blank)
      const place = at % (spaced.length + 1)
      return spaced.slice(0, place) + (inserted ?? '') + spaced.slice(cut ? place + 1 : place)
    })
  fc.assert(
    fc.property(mangled, fc.integer({ min: 1, max: 3 }), (text, perPiece) => {
      const predicted = predictText(text, 0, perPiece)
      expect(!predicted.ok && predicted.reason === 'notJson').toBe(!isJson(text))
    }),
    { numRuns: 2000 },
  )
})

const isJson = (text: string) => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

test('of a member that comes twice the last counts, as for JSON.parse', () => {
  const text = '{"instances":[[1,"x"]],"instances":[[1,2]],"inst\\u0061nces":[[3,4],[5,6]]}'
  const predicted = predictText(text)
  if (!predicted.ok) throw new Error(JSON.stringify(predicted))
  expect(JSON.parse(predicted.json).predictions).toHaveLength(2)
})

test.each([
  ['rows in many pieces', `{"instances":[${Array(100_000).fill('[1,2]').join(' , ')}]}`, true],
  ['a byte order mark', '\uFEFF{"instances":[[1,2]]}', true],
  ['a comma too many', '{"instances":[[1,2],]}', false],
  ['two arrays', '{"instances":[[1,2]][[1,2]]}', false],
  ['something behind the end', '{"instances":[[1,2]]} x', false],
])('%s', (_, text, isRight) => {
  expect(predictText(text).ok).toBe(isRight)
})

const megabyte = 2 ** 20
const problems = (...expected: { field: string; message: string }[]) => ({
  ok: false,
  reason: 'rows',
  problems: expected,
})

test.each([
  [
    'brackets',
    '['.repeat(megabyte),
    problems({ field: 'instances', message: 'is nested more than 100 levels deep' }),
  ],
  [
    'a number of millions of digits',
    `[[1,${'1'.repeat(5 * megabyte)}]]`,
    problems({ field: 'instances[0]', message: 'is longer than 4 MiB' }),
  ],
  [
    'a text of millions of letters',
    `[[1,2],["${'x'.repeat(5 * megabyte)}",1]]`,
    problems({ field: 'instances[1]', message: 'is longer than 4 MiB' }),
  ],
  ['text that has no end', `["${'x'.repeat(megabyte)}`, { ok: false, reason: 'notJson' }],
])('%s: it is told of without being made into values', (_, instances, expected) => {
  expect(predictText(`{"instances":${instances}}`)).toMatchObject(expected)
})

test('of millions of rows that are wrong the first twenty are told', () => {
  const predicted = predictText(`{"instances":[${Array(megabyte).fill('[]').join(',')}]}`)
  expect(problemsOf(predicted)).toHaveLength(20)
})

test('bytes that are no UTF-8 are told', () => {
  const body = Buffer.from('{"instances":[{"x":1,"y":2,"z":"\xe9"}]}', 'latin1')
  expect(readInstances(features, body, { unknownMembers: 'ignored', rowsPerPiece: 10 })).toEqual({
    ok: false,
    reason: 'notUtf8',
  })
})
