import { type Actor, type By, describeKey, type MadeKey } from '@dsapi/auth'
import type { Context } from 'hono'
import type { Env } from '../../http/env.ts'

/** Who changes a key, as the audit records it, and when. */
export const actorOf = (context: Context<Env>): By => {
  const session = context.get('session')
  // A session that a code has opened has no key.
  const actor: Actor = session?.createdBy ?? `key:${context.get('key').id}`
  return { actor, now: Date.now(), session: session?.id }
}

/** The id in the path. */
export const idOf = (context: Context<Env>): string => context.req.param('id') ?? ''

/** Answers with a new key: no other answer holds a key in the clear. */
export const answerMade = (context: Context<Env>, { key, stored }: MadeKey): Response => {
  context.header('location', `/keys/${stored.id}`)
  return context.json({ ...describeKey(stored, Date.now()), key }, 201)
}
