import { protocolOf } from '@dsapi/inference'
import type { MiddlewareHandler } from 'hono'
import { baseHeaders } from '../base-headers.ts'
import { begunOf } from '../begun-answer.ts'
import type { Env } from '../env.ts'
import { targetOf } from '../hidden-paths.ts'
import { readTrace } from '../trace.ts'

/**
 * Gives each request an id, the client's own where it sent one, and each answer the headers of all. Finds the protocol of its
 * path, also where the path is hidden from the router, since an error must have the form of the protocol.
 */
export const identify: MiddlewareHandler<Env> = (context, next) => {
  const { incoming } = context.env
  const trace = begunOf(incoming)?.trace ?? readTrace(incoming.headers)
  context.set('trace', trace)
  context.set('protocol', protocolOf(targetOf(incoming).path))
  context.header('x-request-id', trace.requestId)
  for (const [name, value] of Object.entries(baseHeaders)) context.header(name, value)
  return next()
}
