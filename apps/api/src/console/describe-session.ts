import type { FoundSession } from '@dsapi/auth'

const iso = (instant: number) => new Date(instant).toISOString()

/** What the page knows of its own session. */
export const describeSignedIn = ({ session, key: { name, scopes } }: FoundSession) => ({
  name,
  scopes,
  key_id: session.keyId,
  expires_at: iso(session.expiresAt),
})

/** A session as an admin sees it. */
export const describeSession = (
  session: FoundSession['session'],
  name: string,
  isCurrent: boolean,
) => ({
  id: session.id,
  name,
  key_id: session.keyId,
  created_at: iso(session.createdAt),
  seen_at: iso(session.seenAt),
  expires_at: iso(session.expiresAt),
  address: session.address,
  agent: session.agent,
  current: isCurrent,
})
