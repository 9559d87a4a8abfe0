import { describeOwnKey } from '@dsapi/auth'
import type { Database } from '@dsapi/db'
import type { Context } from 'hono'
import type { Env } from '../../http/env.ts'
import { ApiError } from '../../http/errors.ts'

/** The key that asks, with the line of rotations that it belongs to and what was done to them. */
export const getOwnKey =
  (db: Database) =>
  async (context: Context<Env>): Promise<Response> => {
    const own = await describeOwnKey(db, context.get('key'), Date.now())
    if (own === undefined) throw new ApiError('not_found', 'There is no key with this id')
    context.header('cache-control', 'no-store')
    return context.json(own)
  }
