import { expect, test } from 'vitest'
import { orderFeatures, someClasses, twoValues } from '../../test/toy-models.ts'
import type { ModelRuntime } from '../runtime.ts'
import { answerRequest } from './answer-request.ts'
import { protocols } from './index.ts'
import type { Protocol } from './protocol.ts'

// A request for each protocol, answered by models with features of all types.

const options = { sampleSize: 0, mostBytes: 2 ** 20 }
const as = { name: 'orders', version: '1' }

const order = { price: 2.5, colour: 'red', items: 3, express: true, note: 'a' }
type Order = { readonly [name in keyof typeof order]: (typeof order)[name] | null }

/** Some orders in the words of a protocol. */
const bodies: Readonly<Record<string, (orders: readonly Order[]) => unknown>> = {
  v1: (instances) => ({ instances }),
  mlflow: (dataframe_records) => ({ dataframe_records }),
  v2: (orders) => ({
    inputs: orderFeatures.map(({ name, type }) => ({
      name,
      shape: [orders.length],
      datatype: { number: 'FP64', integer: 'INT32', boolean: 'BOOL', text: 'BYTES' }[type],
      data: orders.map((one) => Reflect.get(one, name)),
    })),
  }),
}

const answer = async (protocol: Protocol, model: ModelRuntime, orders: readonly Order[]) => {
  const body = new TextEncoder().encode(JSON.stringify(bodies[protocol.name](orders)))
  const request = { body, headers: { 'content-type': 'application/json' } }
  const answered = await answerRequest(protocol, request, model, as, options)
  return answered.ok ? JSON.parse(new TextDecoder().decode(answered.written.body)) : answered
}

test.each(protocols)(
  'a value that a model refuses is named by its row: $name',
  async (protocol) => {
    const orders = [order, { ...order, colour: 'green' }]
    expect(await answer(protocol, twoValues, orders)).toEqual({
      ok: false,
      message: '"colour" of row 1 must be one of red, blue',
      detail: [{ field: 'rows[1].colour', message: 'must be one of red, blue' }],
    })
  },
)

test.each([
  ['v1', { predictions: [{ cost: 6.5, 'text length': 4 }] }],
  ['mlflow', { predictions: [[6.5, 4]] }],
  ['v2', { outputs: [{ name: 'predict', shape: [1, 2], data: [6.5, 4] }] }],
])('a model with several values answers in %s', async (name, expected) => {
  const [protocol] = protocols.filter((one) => one.name === name)
  expect(await answer(protocol, twoValues, [order])).toMatchObject(expected)
})

test.each([
  ['v1', { predictions: [0, 'dear'] }],
  ['mlflow', { predictions: [0, 'dear'] }],
  ['v2', { outputs: [{ datatype: 'BYTES', data: ['0', 'dear'] }, { shape: [2, 2] }] }],
])('labels of several types are as they are in %s', async (name, expected) => {
  const [protocol] = protocols.filter((one) => one.name === name)
  const orders = [order, { ...order, price: null, items: 30 }]
  expect(await answer(protocol, someClasses, orders)).toMatchObject(expected)
})

test.each(protocols)('an object without members is refused: $name', async (protocol) => {
  const request = {
    body: new TextEncoder().encode('{}'),
    headers: { 'content-type': 'application/json' },
  }
  expect(await answerRequest(protocol, request, twoValues, as, options)).toMatchObject({
    ok: false,
    message: expect.any(String),
  })
})
