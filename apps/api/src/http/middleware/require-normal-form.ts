import type { MiddlewareHandler } from 'hono'
import type { Env } from '../env.ts'
import { ApiError } from '../errors.ts'
import type { HiddenPaths } from '../hidden-paths.ts'

/** Refuses a path that is not in normal form, once the key is known to be right. */
export const requireNormalForm =
  (targetOf: HiddenPaths['targetOf']): MiddlewareHandler<Env> =>
  (context, next) => {
    const { problem } = targetOf(context.env.incoming)
    if (problem !== undefined) throw new ApiError('invalid_request', problem)
    return next()
  }
