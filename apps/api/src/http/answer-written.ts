import type { Written } from '@dsapi/inference'
import type { Context } from 'hono'
import type { StatusCode } from 'hono/utils/http-status'
import type { Env } from './env.ts'

/** Answers with what a protocol has written. */
export const answerWritten = (
  context: Context<Env>,
  { status = 200, headers, body }: Written,
): Response => {
  for (const [name, value] of Object.entries(headers)) context.header(name, value)
  context.status(status as StatusCode)
  return context.body(body)
}
