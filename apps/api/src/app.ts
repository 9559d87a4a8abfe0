import { apiKeyAuth } from '@dsapi/auth'
import { Hono } from 'hono'
import type { AppDeps } from './app-deps.ts'
import { exceptConsole, mountConsole } from './console/mount-console.ts'
import { endpoints } from './endpoints/list.ts'
import { mountWithKey, mountWithoutKey } from './endpoints/mount-endpoints.ts'
import type { Env } from './http/env.ts'
import { ApiError, answerError } from './http/errors.ts'
import { crossOrigin } from './http/middleware/cross-origin.ts'
import { identify } from './http/middleware/identify.ts'
import { observing } from './http/middleware/observe.ts'
import { requireNormalForm } from './http/middleware/require-normal-form.ts'
import { reject } from './http/reject.ts'
import { toApiError } from './http/to-api-error.ts'

/**
 * Makes the API of all endpoints. Those that need no key come before authentication and are not in the access log. For
 * all others the key is checked before anything else, so also before a path is known.
 */
export const createApp = (deps: AppDeps): Hono<Env> => {
  const { keys, observe, corsOrigins } = deps
  const app = new Hono<Env>()
  app.use(identify)
  const observed = observing(observe.observe, keys.targetOf, observe.tracing)
  mountConsole(app, deps, observed)
  if (corsOrigins.length > 0) app.use(exceptConsole(crossOrigin(corsOrigins)))
  mountWithoutKey(app, endpoints, deps)
  app.use(exceptConsole(observed), authentication(deps), requireNormalForm(keys.targetOf))
  mountWithKey(app, endpoints, deps)
  app.notFound((context) => answerError(context, new ApiError('not_found', 'Not found')))
  app.onError((error, context) => answerError(context, toApiError(error, context, observe.logger)))
  return app
}

const authentication = ({ keys, life }: AppDeps) =>
  apiKeyAuth({
    ...keys,
    isOverloaded: life.isOverloaded,
    refuse: reject,
  })
