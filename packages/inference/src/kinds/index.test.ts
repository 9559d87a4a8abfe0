import { LogisticRegression } from '@dsapi/model'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Batch } from '../batch.ts'
import { batchOfNumbers } from '../batch.ts'
import { resultHeader } from '../batches/result-lines.ts'
import { scoreLines } from '../batches/score-lines.ts'
import { computeBatchNow } from '../compute.ts'
import { isRecord } from '../is-record.ts'
import type { Predictions } from '../predictions.ts'
import { answerRequest } from '../protocols/answer-request.ts'
import { dsapiJson } from '../protocols/dsapi-json.ts'
import { protocolOf } from '../protocols/index.ts'
import type { Protocol } from '../protocols/protocol.ts'
import type { RowsProtocol } from '../protocols/rows-protocol.ts'
import type { ModelRuntime } from '../runtime.ts'
import { localKinds, readModel } from './index.ts'
import type { LocalKind } from './kind.ts'

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const bytesOf = (json: unknown) => new TextEncoder().encode(JSON.stringify(json))

/** All that one more kind of model needs: how its file is recognized, what it asks and answers, and how it computes. */
const sums: LocalKind = {
  name: 'sums',
  recognizes: (head) => textOf(head).includes('"format":"sums"'),
  read: (bytes): ModelRuntime => {
    const json: unknown = JSON.parse(textOf(bytes))
    const names = isRecord(json) && Array.isArray(json.features) ? json.features.map(String) : []
    const predictSync = ({ nRows, numbers }: Batch): Predictions => {
      const values = new Float64Array(nRows)
      for (let at = 0; at < numbers.length; at++) {
        values[Math.floor(at / names.length)] += numbers[at]
      }
      return { type: 'values', nRows, names: ['sum'], values }
    }
    return {
      info: {
        format: 'sums',
        precision: 'float64',
        features: names.map((name) => ({ name, type: 'number', nullable: false })),
        featureNames: names,
        output: { type: 'values', names: ['sum'] },
      },
      predictSync,
      predict: async (batch) => predictSync(batch),
      close: async () => {},
    }
  },
}

/** All that one more protocol needs: its path, how rows are read, and how answers and errors are written. */
const words: Protocol = {
  name: 'words',
  prefixes: ['/words'],
  endpoints: [
    {
      id: 'askInWords',
      method: 'post',
      path: '/words/{model}/ask',
      summary: 'Predict rows of words',
      does: 'predict',
    },
  ],
  headers: [],
  read: ({ body }, { info }) => {
    const rows = textOf(body).split(';')
    const numbers = rows.flatMap((row) => row.split(' ').map(Number))
    if (numbers.length !== rows.length * info.featureNames.length || numbers.some(Number.isNaN)) {
      return { ok: false, message: 'The rows are other rows' }
    }
    return {
      ok: true,
      batch: batchOfNumbers(Float64Array.from(numbers), info.featureNames.length),
      write: (predictions) =>
        plain(
          predictions.type === 'values'
            ? predictions.values.join(' ')
            : predictions.predicted.join(' '),
        ),
    }
  },
  error: ({ status, message }) => ({ ...plain(message), status }),
  errorSchema: { type: 'string' },
  example: ({ info }) => info.featureNames.map(() => 1).join(' '),
}

const plain = (text: string) => ({
  headers: { 'content-type': 'text/plain' },
  body: new TextEncoder().encode(text),
})

const inWords = async (model: ModelRuntime, text: string) => {
  const request = { body: new TextEncoder().encode(text), headers: {} }
  const options = { sampleSize: 0, mostBytes: 1000 }
  const as = { name: 'any', version: '1' }
  const answered = await answerRequest(words, request, model, as, options)
  return answered.ok ? textOf(answered.written.body) : answered
}

const answer = (protocol: RowsProtocol, model: ModelRuntime, body: string) => {
  const read = protocol.read(new TextEncoder().encode(body), model.info, {
    unknownMembers: 'refused',
  })
  if (!read.ok) return read
  const answers = read.batches.map((batch) => protocol.write(computeBatchNow(model, batch)))
  const { start, between, end } = protocol.around
  return start + answers.join(between) + end
}

const summing = await readModel(bytesOf({ format: 'sums', features: ['a', 'b'] }), {}, [sums])
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
const classifying = await readModel(bytesOf(fitted))

describe('a kind of model that is added', () => {
  test('is recognized by the content of its file, and answers each protocol', () => {
    expect(answer(dsapiJson, summing, '{"instances":[[1,2],{"b":"4","a":3}]}')).toBe(
      '{"predictions":[{"value":3},{"value":7}]}',
    )
  })

  test('scores batches, with its value in the place of a class', () => {
    const csv = { type: 'csv', columns: ['b', 'a'] } as const
    expect(resultHeader(summing.info)).toBe('row,value,error')
    expect(scoreLines(summing, csv, '1,2\nx,1\n3,4\n', 1).output).toBe(
      '1,3,\n2,,b is not a finite decimal number\n3,7,\n',
    )
  })

  test('is not in the way of another', async () => {
    const { info } = await readModel(bytesOf(fitted), {}, [sums, ...localKinds])
    expect(info.format).toBe('dsapi-logistic-regression')
  })
})

describe('a protocol that is added', () => {
  test('is answered by each kind of model', async () => {
    expect(await inWords(summing, '1 2;3 4')).toBe('3 7')
    expect(await inWords(classifying, '0 0;3 3')).toBe('0 1')
    expect(await inWords(summing, '1;2')).toEqual({ ok: false, message: 'The rows are other rows' })
  })

  test('has the errors of its paths, those where nothing is too', () => {
    expect(protocolOf('/words/any/ask', [words])).toBe(words)
    expect(protocolOf('/words', [words])).toBe(words)
    expect(protocolOf('/wordsmith', [words])).toBeUndefined()
  })
})

test('a logistic regression says what it asks and what it answers', () => {
  expect(classifying.info).toEqual({
    format: 'dsapi-logistic-regression',
    precision: 'float64',
    features: ['a', 'b'].map((name) => ({ name, type: 'number', nullable: false })),
    featureNames: ['a', 'b'],
    output: { type: 'classes', classes: ['no', 'yes'] },
  })
})

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
const fitTo = (labels: readonly string[], multiClass?: 'ovr') => {
  const rows = labels.map((_, k) => [k, k * k])
  const json = JSON.parse(JSON.stringify(new LogisticRegression().fit(rows, labels)))
  return readModel(bytesOf(multiClass ? { ...json, formatVersion: 2, multiClass } : json))
}

test.each([
  ['two classes', await fitTo(['a', 'b'])],
  ['several classes by softmax', await fitTo(['a', 'b', 'c'])],
  ['several classes, one against the rest', await fitTo(['a', 'b', 'c'], 'ovr')],
])('rows of a batch are answered bit for bit as each alone: %s', (_, model) => {
  fc.assert(
    fc.property(fc.array(fc.tuple(finite, finite), { minLength: 1 }), (rows) => {
      const predictions = computeBatchNow(model, batchOfNumbers(Float64Array.from(rows.flat()), 2))
      if (predictions.type !== 'classes') throw new Error('It has classes')
      const alone = rows.flatMap((row) => model.predictOne?.(row))
      expect([...predictions.probabilities]).toEqual(alone)
    }),
  )
})

test('numbers of single precision are answered as the doubles that they are', () => {
  const rows = [0.1, 0.2, 0.3, 0.4]
  const single = computeBatchNow(classifying, batchOfNumbers(Float32Array.from(rows), 2))
  const double = Float64Array.from(Float32Array.from(rows))
  expect(single).toEqual(computeBatchNow(classifying, batchOfNumbers(double, 2)))
})

test('of equally probable classes the first is predicted, in each form of an answer', async () => {
  const json = JSON.parse(JSON.stringify(fitted))
  const even = await readModel(bytesOf({ ...json, coef: [[0, 0]], intercept: [0] }))
  expect(answer(dsapiJson, even, '{"instances":[[1,2]]}')).toBe(
    '{"predictions":[{"class":"no","class_probabilities":[0.5,0.5]}]}',
  )
  expect(scoreLines(even, { type: 'ndjson' }, '[1,2]', 1).output).toBe('1,no,0.5,0.5,\n')
})
