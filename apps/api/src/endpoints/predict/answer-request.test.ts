import { protocols } from '@dsapi/inference'
import { ThreadEnded } from '@dsapi/inference/threads'
import { expect, test } from 'vitest'
import { storedModel } from '../../../test/endpoint-requests.ts'
import { ApiError, errorIn } from '../../http/errors.ts'
import { createAnswerer } from './answer-request.ts'
import { mostWaiting, smallBytes } from './thread-limits.ts'

/** So large that a thread answers it. */
const request = { body: new Uint8Array(smallBytes + 1), headers: {} }
const options = { ownerId: 'a', sampleSize: 0, signal: new AbortController().signal }

test.each(protocols)(
  'a large request is refused while too many others wait: $name',
  async (protocol) => {
    const ask = () => Promise.reject(new Error('This must not be asked for'))
    const answer = createAnswerer({ ask, waiting: () => mostWaiting }, 1000)
    const refused = await answer(storedModel(), protocol, request, options).catch((error) => error)
    if (!(refused instanceof ApiError)) throw new Error('It should be refused')
    expect(refused.facts.headers).toEqual({ 'retry-after': '1' })
    const { status, body } = errorIn(protocol, refused, 'an id')
    expect(status).toBe(503)
    const { error, error_code, message } = JSON.parse(Buffer.from(body).toString())
    if (protocol.name === 'mlflow') expect(error_code).toBe('TEMPORARILY_UNAVAILABLE')
    expect(error ?? message).toBe('Too many large requests at once: try again')
  },
)

test.each(protocols)('a request that takes too long is answered 504: $name', async (protocol) => {
  const ask = () => Promise.reject(new ThreadEnded('timeLimit', 'It took too long'))
  const answer = createAnswerer({ ask, waiting: () => 0 }, 1000)
  const late = await answer(storedModel(), protocol, request, options).catch((error) => error)
  const { status, body } = errorIn(protocol, late, 'an id')
  expect(status).toBe(504)
  const { error, error_code, message } = JSON.parse(Buffer.from(body).toString())
  if (protocol.name === 'mlflow') expect(error_code).toBe('DEADLINE_EXCEEDED')
  expect(error ?? message).toContain('took longer than 1 seconds')
})
