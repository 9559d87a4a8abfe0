import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningApi, runApi } from './running-api.ts'

let api: RunningApi

beforeAll(async () => {
  api = await runApi({ config: { maxInstances: 8 * 2 ** 20 } })
})
afterAll(() => api.stop())

type Answer = {
  readonly predictions: readonly { class: number; class_probabilities: readonly number[] }[]
  readonly code: string
  readonly message: string
  readonly detail: readonly { readonly field: string; readonly message: string }[]
}

const post = async (body: string) => {
  const headers = { 'x-api-key': api.key }
  const response = await fetch(`${api.url}/predict`, { method: 'POST', headers, body })
  const answer = (await response.json()) as Answer
  return { status: response.status, headers: response.headers, body: answer }
}
const instances = (rows: unknown) => post(JSON.stringify({ instances: rows }))

const single = async ([a, b]: readonly number[]) => {
  const headers = { 'x-api-key': api.key }
  return (await fetch(`${api.url}/predict/feature_a/${a}/feature_b/${b}`, { headers })).json()
}

describe('POST /predict', () => {
  test('answers each row as it is answered alone, in order', async () => {
    const rows = [
      [1, 1],
      [1.3, -3.2],
      [-0.1, 0.02],
    ]
    const { status, headers, body } = await instances(rows)
    expect(status).toBe(200)
    expect(headers.get('x-model-version')).toMatch(/^1-/)
    expect(body).toEqual({ predictions: await Promise.all(rows.map(single)) })
  })

  test('takes rows by name, and numbers as text, as the other routes do', async () => {
    const { body } = await instances([{ feature_b: '1', feature_a: 1, other: true }, ['1', 1]])
    const one = await single([1, 1])
    expect(body).toEqual({ predictions: [one, one] })
  })

  test('no rows have no predictions', async () => {
    expect((await instances([])).body).toEqual({ predictions: [] })
  })

  // The second is large enough for a thread of its own.
  test.each([[1000], [100_000]])('%i rows come back in order', async (count) => {
    const rows = Array.from({ length: count }, (_, i) => [(i % 100) / 10, -(i % 7)])
    const { status, body } = await instances(rows)
    expect(status).toBe(200)
    expect(body.predictions).toHaveLength(count)
    for (const index of [0, 1, count - 1]) {
      expect(body.predictions[index]).toEqual(await single(rows[index]))
    }
  })

  test.each([
    ['nothing', '', 'The body is empty'],
    ['what is not JSON', '{"instances": [[1,', 'not valid JSON'],
  ])('%s is 400', async (_, body, message) => {
    expect(await post(body)).toMatchObject({
      status: 400,
      body: { code: 'invalid_body', message: expect.stringContaining(message) },
    })
  })

  test.each([
    ['another member', { rows: [[1, 1]] }, 'instances', 'must be an array'],
    ['null', null, 'instances', 'must be an array'],
    ['a row too short', { instances: [[1, 1], [1]] }, 'instances[1]', 'must have 2 values'],
    ['a row that is none', { instances: [7] }, 'instances[0]', 'must be an object'],
    ['a null in a row', { instances: [[1, null]] }, 'instances[0].feature_b', 'but is null'],
    ['a missing name', { instances: [{ feature_a: 1 }] }, 'instances[0].feature_b', 'is missing'],
    [
      '__proto__',
      { instances: [JSON.parse('{"__proto__": {"feature_a": 1, "feature_b": 1}}')] },
      'instances[0].feature_a',
      'is missing',
    ],
  ])('%s is 400, and it is said where and why', async (_, body, field, message) => {
    const answer = await post(JSON.stringify(body))
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_body' } })
    expect(answer.body.detail[0]).toEqual({ field, message: expect.stringContaining(message) })
  })

  test('of a hundred thousand wrong rows the first are told of', async () => {
    const { status, body } = await instances(Array(100_000).fill([1, 'x']))
    expect(status).toBe(400)
    expect(body.detail).toHaveLength(20)
  })

  test('a body above its own limit is 413', async () => {
    expect((await post(' '.repeat(8 * 2 ** 20 + 1))).status).toBe(413)
  })

  test('deep nesting is 400 and harms nobody', async () => {
    const deep = `{"instances": ${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`
    expect((await post(deep)).status).toBe(400)
    expect((await instances([[1, 1]])).status).toBe(200)
  })

  test('another method is 405', async () => {
    const response = await fetch(`${api.url}/predict`, { headers: { 'x-api-key': api.key } })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
  })
})
