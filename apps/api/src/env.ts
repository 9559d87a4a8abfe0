import type { AuthenticatedEnv } from '@dsapi/auth'
import type { HttpBindings } from '@hono/node-server'
import type { Trace } from './trace.ts'

/** What the server and the middleware leave in a request's context for the routes. */
export type Env = {
  Bindings: HttpBindings
  Variables: AuthenticatedEnv['Variables'] & { trace: Trace }
}
