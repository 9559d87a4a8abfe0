import type { Handler } from 'hono'
import type { Env } from '../../http/env.ts'
import { ApiError } from '../../http/errors.ts'
import { neverCached } from './never-cached.ts'

/**
 * Lets only keys manage keys that may use all models: another one could make itself a key for the models that it may not
 * use.
 */
export const forAllModels = (handler: Handler<Env>): Handler<Env> =>
  neverCached((context, next) => {
    if (context.get('key').models === null) return handler(context, next)
    throw new ApiError('forbidden', 'This API Key is bound to models, so it cannot manage keys')
  })
