import type { Context } from 'hono'
import { ApiError } from './errors.ts'

/** NaN and Infinity as some writers of JSON put them, Python's among them; JSON has no such words. */
const notANumber = /[[:,]\s*-?(NaN|Infinity)\s*[,}\]]/

/**
 * Reads a request's body as JSON, whatever its Content-Type says.
 *
 * @param whenEmpty what an empty body stands for; without it, an empty body is an error
 * @throws ApiError `invalid_body`
 */
export const readJson = async (context: Context, whenEmpty?: unknown): Promise<unknown> => {
  const text = await context.req.text().catch(() => {
    throw new ApiError('invalid_body', 'The body ended before all of it had come')
  })
  if (text === '' && whenEmpty !== undefined) return whenEmpty
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
  return new ApiError('invalid_body', 'Invalid request body', { detail: [{ field: '', message }] })
}
