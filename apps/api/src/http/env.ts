import type { AuthenticatedEnv } from '@dsapi/auth'
import type { HttpBindings } from '@hono/node-server'
import type { Streamed } from './stream-body.ts'
import type { Trace } from './trace.ts'

/** What the server and the middleware leave in a request's context for the routes. */
export type Env = {
  Bindings: HttpBindings
  Variables: AuthenticatedEnv['Variables'] & {
    trace: Trace
    /** Of an answer whose body is made after its status has left. */
    streamed: Streamed | undefined
  }
}
