import type { AuthenticatedEnv } from '@dsapi/auth'
import type { RequestIdVariables } from 'hono/request-id'

/** What the middleware leaves in a request's context for the routes. */
export type Env = { Variables: AuthenticatedEnv['Variables'] & RequestIdVariables }
