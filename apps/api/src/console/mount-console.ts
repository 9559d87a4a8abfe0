import type { Handler, Hono, MiddlewareHandler } from 'hono'
import type { AppDeps } from '../app-deps.ts'
import type { Env } from '../http/env.ts'
import { methodNotAllowed, withHead } from '../http/method-not-allowed.ts'
import { answerFiles } from './answer-files.ts'
import type { ConsoleArea } from './console-area.ts'
import { areaOf } from './console-request.ts'
import { guardConsole } from './guard-console.ts'
import { sessionRoutes } from './session-routes.ts'

/**
 * Mounts the web console, where it is on, before all endpoints: its requests never meet the rules for pages of other
 * origins.
 *
 * @param observe logs and counts a request. The page and its files are not in the log.
 */
export const mountConsole = (
  app: Hono<Env>,
  deps: AppDeps,
  observe: MiddlewareHandler<Env>,
): void => {
  const { console, keys } = deps
  if (console === undefined) return
  const guard = guardConsole(console.signedIn, keys.rateLimits)
  app.use(within(['files'], answerFiles(console.loadFiles)))
  app.use(within(['api', 'session'], observe), within(['api', 'session'], guard))
  for (const [path, methods] of Object.entries(sessionRoutes(deps, console))) {
    app.all(path, within(['session'], answerMethod(methods)))
  }
}

/** Middleware for all requests that are not for the console. */
export const exceptConsole =
  (middleware: MiddlewareHandler<Env>): MiddlewareHandler<Env> =>
  (context, next) =>
    areaOf(context.env.incoming) === undefined ? middleware(context, next) : next()

const within =
  (areas: readonly ConsoleArea[], middleware: MiddlewareHandler<Env>): MiddlewareHandler<Env> =>
  (context, next) => {
    const area = areaOf(context.env.incoming)
    return area !== undefined && areas.includes(area) ? middleware(context, next) : next()
  }

const answerMethod =
  (methods: Readonly<Record<string, Handler<Env>>>): Handler<Env> =>
  (context, next) => {
    const { method } = context.req
    const handler = methods[method === 'HEAD' ? 'GET' : method]
    if (handler !== undefined) return handler(context, next)
    throw methodNotAllowed(withHead(Object.keys(methods)))
  }
