import type { Scope, ScopeFor } from '@dsapi/auth'
import type { Protocol } from '@dsapi/inference'
import type { StoredModel } from '@dsapi/registry'
import type { Context, Handler } from 'hono'
import type { AppDeps } from '../app-deps.ts'
import type { Env } from '../http/env.ts'
import type { Method } from '../openapi/document.ts'
import type { Description } from '../openapi/operation.ts'

/** What a request must bring: a key with this scope, a key with any scope, or nothing. */
export type Access = Scope | 'any key' | 'no key'

/**
 * One method of one path, with all that is known of it. The routes, the answers to other methods, the checks of scopes,
 * the paths that need no key, the OpenAPI document and the tests of isolation are made from these.
 */
export type Endpoint = {
  /** The `operationId` of the OpenAPI document. */
  readonly id: string
  readonly method: Method
  /** As Hono's router reads it, such as `/jobs/:id`. */
  readonly path: string
  readonly access: Access
  /** The scope that a request needs, where its query decides that. */
  readonly scopeFor?: ScopeFor
  /** Makes the handler, once for each server. */
  readonly handle: (deps: AppDeps) => Handler<Env>
  /**
   * Where the pattern matches more paths than exist: whether the path of a request exists, so that another method on it
   * is answered 405. The handler decides for itself.
   *
   * @throws ApiError for a path that does not exist, if there is more to say than that
   */
  readonly exists?: (deps: AppDeps) => (context: Context<Env>) => boolean
  /** Whose endpoint it is, where others have defined the protocol: its errors have another form. */
  readonly protocol?: Protocol
  /** Describes the endpoint in the names and with the answers of a model. */
  readonly describe: (stored: StoredModel) => Description
}
