import type { Context } from 'hono'
import type { Env } from './env.ts'
import { ApiError, invalidBody } from './errors.ts'
import { readBody } from './read-body.ts'

/** NaN and Infinity as some writers of JSON put them, Python's among them; JSON has no such words. */
const notANumber = /[[:,]\s*-?(NaN|Infinity)\s*[,}\]]/

/**
 * Reads a request's body as JSON, whatever its Content-Type says.
 *
 * @param whenEmpty what an empty body stands for; without it, an empty body is an error
 * @throws ApiError `invalid_body`, `body_too_large`
 */
export const readJson = async (
  context: Context<Env>,
  maxBytes: number,
  whenEmpty?: unknown,
): Promise<unknown> => {
  const text = await readBody(context, maxBytes)
  return text === '' && whenEmpty !== undefined ? whenEmpty : parseJson(text)
}

/** @throws ApiError `invalid_body` */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw explain(text)
  }
}

const explain = (text: string): ApiError => {
  if (text.trim() === '') {
    return new ApiError('invalid_body', 'The body is empty, which is not valid JSON')
  }
  const word = notANumber.exec(text)?.[1]
  if (word === undefined) return new ApiError('invalid_body', 'The body is not valid JSON')
  const message = `the body is not valid JSON: ${word} is no number that JSON knows`
  return invalidBody([{ field: '', message }])
}
