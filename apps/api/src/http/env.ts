import type { AuthenticatedEnv, FoundSession } from '@dsapi/auth'
import type { Protocol } from '@dsapi/inference'
import type { HttpBindings } from '@hono/node-server'
import type { Trace } from './trace.ts'

/** An answer whose body is still made when its status has left: how it ended is known at its end. */
export type Streamed = {
  /** Why it was broken off, if that was the server's doing. */
  failure: unknown
}

/** What the server and the middleware leave in a request's context for the routes. */
export type Env = {
  Bindings: HttpBindings
  Variables: AuthenticatedEnv['Variables'] & {
    trace: Trace
    /** Whose path it is, if it is that of a protocol that others have defined. */
    protocol: Protocol | undefined
    /** Below `/console/api`: who is signed in. */
    session: FoundSession['session'] | undefined
    /** Below `/console/api`: looks whether the session is still there, for answers that last. */
    isSignedIn: (() => Promise<boolean>) | undefined
    /** Of an answer whose body is made after its status has left. */
    streamed: Streamed | undefined
  }
}
