import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { modelWith, numbersNamed } from '../../../test/v2-requests.ts'
import { type Predictions, predictClasses } from '../../predictions.ts'
import { Wrong } from '../json/wrong.ts'
import { type AskedOutput, readOutputs } from './read-outputs.ts'
import { writeInfer } from './write-infer.ts'

type Labels = readonly (number | string)[]

const classifier = (classes: Labels) => modelWith(numbersNamed('a'), { type: 'classes', classes })
const regressor = (...names: readonly string[]) =>
  modelWith(numbersNamed('a'), { type: 'values', names })

const outputsOf = (model: ReturnType<typeof modelWith>, asked?: unknown, isBinary = false) => {
  const outputs = readOutputs(asked, isBinary, model.info)
  if (outputs instanceof Wrong) throw new Error(outputs.text)
  return outputs
}

/** What is answered, with the tensors behind the JSON cut off it. */
const answered = (
  predictions: Predictions,
  model: ReturnType<typeof modelWith>,
  outputs: readonly AskedOutput[],
) => {
  const { headers, body } = writeInfer(predictions, model, { id: undefined, outputs })
  const length = Number(headers['inference-header-content-length'] ?? body.length)
  return {
    headers,
    json: JSON.parse(new TextDecoder().decode(body.subarray(0, length))),
    bytes: [...body.subarray(length)],
  }
}

const answerTo = (classes: Labels, probabilities: readonly number[], asked?: unknown) =>
  answered(
    predictClasses(classes, Float64Array.from(probabilities)),
    classifier(classes),
    outputsOf(classifier(classes), asked),
  ).json.outputs

describe('a classifier', () => {
  test('answers with classes and probabilities, if a request asks for nothing else', () => {
    expect(answerTo([3, 5], [0.25, 0.75, 0.5, 0.5])).toEqual([
      { name: 'predict', datatype: 'INT64', shape: [2], data: [5, 3] },
      { name: 'predict_proba', datatype: 'FP64', shape: [2, 2], data: [0.25, 0.75, 0.5, 0.5] },
    ])
  })

  test.each([
    ['whole numbers', [0, 1], 'INT64', 1],
    ['numbers', [0, 1.5], 'FP64', 1.5],
    ['whole numbers that no double holds exactly', [0, 2 ** 60], 'FP64', 2 ** 60],
    ['texts', ['no', 'yes'], 'BYTES', 'yes'],
    ['texts and numbers', [0, 'yes'], 'BYTES', 'yes'],
  ])('has one type for its classes: %s', (_, classes, datatype, label) => {
    const [predict] = answerTo(classes, [0, 1], [{ name: 'predict' }])
    expect(predict).toEqual({ name: 'predict', datatype, shape: [1], data: [label] })
  })

  test('answers in the order of the request, under the names of the request', () => {
    const asked = [{ name: 'predict_proba' }, { name: 'output-0' }]
    const names = answerTo([0, 1], [0, 1], asked).map(({ name }: { name: string }) => name)
    expect(names).toEqual(['predict_proba', 'output-0'])
  })

  test('names the most probable classes, of equals the first, as many as there are', () => {
    const asked = (k: number) => [{ name: 'predict_proba', parameters: { classification: k } }]
    const [two] = answerTo(['a', 'b', 'c'], [0.25, 0.5, 0.25, 0, 0.5, 0.5], asked(2))
    expect(two).toEqual({
      name: 'predict_proba',
      datatype: 'BYTES',
      shape: [2, 2],
      data: ['0.5:1:b', '0.25:0:a', '0.5:1:b', '0.5:2:c'],
    })
    expect(answerTo(['a', 'b', 'c'], [1, 0, 0], asked(9))[0].shape).toEqual([1, 3])
  })
})

test.each([
  ['one value', ['y'], [2]],
  ['several values', ['low', 'high'], [1, 2]],
])('a model with %s answers with numbers', (_, names, shape) => {
  const predictions = {
    type: 'values',
    nRows: shape[0],
    names,
    values: Float64Array.of(1.5, -2),
  } as const
  const model = regressor(...names)
  expect(answered(predictions, model, outputsOf(model)).json.outputs).toEqual([
    { name: 'predict', datatype: 'FP64', shape, data: [1.5, -2] },
  ])
})

test('what is not finite is null in JSON', () => {
  const values = Float64Array.of(Number.NaN, Number.POSITIVE_INFINITY, 1)
  const predictions = { type: 'values', nRows: 3, names: ['y'], values } as const
  const { json } = answered(predictions, regressor('y'), outputsOf(regressor('y')))
  expect(json.outputs[0].data).toEqual([null, null, 1])
})

describe('a binary answer', () => {
  const model = classifier(['cat', 'é'])
  const predictions = predictClasses(['cat', 'é'], Float64Array.of(1, 0, 0, 1))

  test('has the tensors behind the JSON, whose length is in the header', () => {
    const { headers, json, bytes } = answered(predictions, model, outputsOf(model, [], true))
    expect(headers['content-type']).toBe('application/octet-stream')
    expect(json.outputs).toEqual([
      { name: 'predict', datatype: 'BYTES', shape: [2], parameters: { binary_data_size: 13 } },
      {
        name: 'predict_proba',
        datatype: 'FP64',
        shape: [2, 2],
        parameters: { binary_data_size: 32 },
      },
    ])
    expect(bytes.slice(0, 13)).toEqual([3, 0, 0, 0, 0x63, 0x61, 0x74, 2, 0, 0, 0, 0xc3, 0xa9])
    expect([...new Float64Array(Uint8Array.from(bytes.slice(13)).buffer)]).toEqual([1, 0, 0, 1])
  })

  test('leaves to each output whether it is binary', () => {
    const asked = [
      { name: 'predict', parameters: { binary_data: false } },
      { name: 'predict_proba' },
    ]
    const { json, bytes } = answered(predictions, model, outputsOf(model, asked, true))
    expect(json.outputs[0].data).toEqual(['cat', 'é'])
    expect(bytes).toHaveLength(32)
  })

  test('is JSON alone where all tensors are empty', () => {
    const none = predictClasses(['cat', 'é'], new Float64Array(0))
    const { headers, json } = answered(none, model, outputsOf(model, [], true))
    expect(headers).toEqual({ 'content-type': 'application/json' })
    expect(json.outputs[0].parameters).toEqual({ binary_data_size: 0 })
  })

  test('has the same numbers as JSON', () => {
    const double = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(fc.array(double), fc.boolean(), (values, isBinary) => {
        const all = Float64Array.from(values)
        const written = { type: 'values', nRows: all.length, names: ['y'], values: all } as const
        const asked = outputsOf(regressor('y'), [], isBinary)
        const { json, bytes } = answered(written, regressor('y'), asked)
        const data = json.outputs[0].data ?? [...new Float64Array(Uint8Array.from(bytes).buffer)]
        expect(data).toEqual(isBinary ? values : values.map((value) => value + 0))
      }),
    )
  })
})
