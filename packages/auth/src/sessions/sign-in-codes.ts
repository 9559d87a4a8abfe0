import { type Database, insertConsoleCode, inTransaction, takeConsoleCode } from '@dsapi/db'
import type { Actor, By } from '../keys/audit.ts'
import { drawSecret, hashSecret } from './session.ts'

const codeBytes = 20
const validMs = 60_000

/** A code in the clear, and until when it is taken, in milliseconds since 1970 (UTC). */
type SignInCode = { readonly code: string; readonly expiresAt: number }

/** Makes a code that opens one session of the web console within a minute. Only its hash is stored. */
export const createSignInCode = async (db: Database, { actor, now }: By): Promise<SignInCode> => {
  const code = drawSecret(codeBytes)
  const expiresAt = now + validMs
  const row = { sha256: hashSecret(code), created_by: actor, expires_at: expiresAt }
  await inTransaction(db, (transaction) => insertConsoleCode(transaction, row))
  return { code, expiresAt }
}

/** Takes a code, so that nobody can use it again. Returns who made it; undefined for an unknown or expired one. */
export const takeSignInCode = async (
  db: Database,
  code: string,
  now: number,
): Promise<Actor | undefined> => {
  const row = await inTransaction(db, (transaction) =>
    takeConsoleCode(transaction, hashSecret(code)),
  )
  return row !== undefined && row.expires_at > now ? (row.created_by as Actor) : undefined
}
