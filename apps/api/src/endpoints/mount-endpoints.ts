import { requireScope } from '@dsapi/auth'
import type { Handler, Hono } from 'hono'
import type { AppDeps } from '../app-deps.ts'
import type { Env } from '../http/env.ts'
import { methodNotAllowed, withHead } from '../http/method-not-allowed.ts'
import { reject } from '../http/reject.ts'
import { requireUsable } from '../models/model-access.ts'
import type { Method } from '../openapi/document.ts'
import type { Endpoint } from './endpoint.ts'

/** Mounts the endpoints that need no key: they come before authentication. */
export const mountWithoutKey = (
  app: Hono<Env>,
  endpoints: readonly Endpoint[],
  deps: AppDeps,
): void => {
  for (const { method, path, handle } of endpoints.filter(needsNoKey))
    app[method](path, handle(deps))
}

/** Mounts all other endpoints, behind authentication, and for each path of the list an answer to its other methods. */
export const mountWithKey = (
  app: Hono<Env>,
  endpoints: readonly Endpoint[],
  deps: AppDeps,
): void => {
  const byPath = Map.groupBy(endpoints, ({ path }) => path)
  for (const [path, ofPath] of [...byPath].toSorted(byPrecision)) {
    if (path.startsWith('/models/:name')) app.use(path, usableModel)
    for (const endpoint of ofPath) {
      if (needsNoKey(endpoint)) continue
      requireAccess(app, endpoint.method, endpoint)
      app[endpoint.method](path, endpoint.handle(deps))
    }
    requireAccess(app, 'all', ofPath[0])
    app.all(path, answerOtherMethods(ofPath, deps))
  }
}

const needsNoKey = ({ access }: Endpoint) => access === 'no key'

type PathEntry = readonly [path: string, endpoints: readonly Endpoint[]]

/** The router takes the first pattern that matches, so `/jobs/stats` comes before `/jobs/:id`. */
const byPrecision = ([a]: PathEntry, [b]: PathEntry) => wildness(a) - wildness(b)

const wildness = (path: string) =>
  path.endsWith('*') ? 100 : path.split('/:').length - (path.includes('{') ? 0.5 : 0)

const requireAccess = (app: Hono<Env>, method: Method | 'all', endpoint: Endpoint) => {
  const { path, access, scopeFor } = endpoint
  if (access === 'no key' || access === 'any key') return
  app[method](path, requireScope(scopeFor ?? access, reject))
}

/** A model that the key may not use is to it as one that does not exist, on every path and for every method. */
const usableModel: Handler<Env> = (context, next) => {
  requireUsable(context.get('key'), context.req.param('name') ?? '')
  return next()
}

/** 405, on a path that exists. */
const answerOtherMethods = (endpoints: readonly Endpoint[], deps: AppDeps): Handler<Env> => {
  const methods = withHead(endpoints.map(({ method }) => method.toUpperCase()))
  const exists = endpoints[0].exists?.(deps)
  return (context, next) => {
    // A handler may have passed its own request on, for a path that it does not know.
    if (methods.includes(context.req.method) || exists?.(context) === false) return next()
    throw methodNotAllowed(methods)
  }
}
