import type { Context } from 'hono'
import type { Env } from './env.ts'

/** Which request it is, and whose. */
export const requestOwner = (context: Context<Env>) => ({
  ownerId: context.get('key').ownerId,
  requestId: context.get('trace').requestId,
})
