import type { Context } from 'hono'
import type { Env } from './env.ts'
import { ApiError, invalidBody } from './errors.ts'
import { type BodyLimit, readBody } from './read-body.ts'

/** NaN and Infinity as some writers of JSON put them, Python's among them; JSON has no such words. */
const notANumber = /[[:,]\s*-?(NaN|Infinity)\s*[,}\]]/

/**
 * Reads a request's body as JSON, whatever its Content-Type says.
 *
 * @param whenEmpty what an empty body stands for; without it, an empty body is an error
 * @throws ApiError as `readBytes` does, and `invalid_body` for what is not JSON
 */
export const readJson = async (
  context: Context<Env>,
  limit: BodyLimit,
  whenEmpty?: unknown,
): Promise<unknown> => {
  const text = await readBody(context.env, limit)
  return text === '' && whenEmpty !== undefined ? whenEmpty : parseJson(text)
}

/** @throws ApiError `invalid_body` */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw notJson(text)
  }
}

/** What is said of a text that is not JSON, or of the part of it where that was found. */
export const notJson = (text: string): ApiError => {
  if (text.trim() === '') {
    return new ApiError('invalid_body', 'The body is empty, which is not valid JSON')
  }
  const word = notANumber.exec(text)?.[1]
  if (word === undefined) return new ApiError('invalid_body', 'The body is not valid JSON')
  const message = `the body is not valid JSON: ${word} is not a number in JSON`
  return invalidBody([{ field: '', message }])
}
