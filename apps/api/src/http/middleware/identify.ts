import type { MiddlewareHandler } from 'hono'
import { baseHeaders } from '../base-headers.ts'
import type { Env } from '../env.ts'
import { readTrace } from '../trace.ts'

/** Gives each request an id, the client's own where it sent one, and each answer the headers of all. */
export const identify: MiddlewareHandler<Env> = (context, next) => {
  const trace = readTrace(context.env.incoming.headers)
  context.set('trace', trace)
  context.header('x-request-id', trace.requestId)
  for (const [name, value] of Object.entries(baseHeaders)) context.header(name, value)
  return next()
}
