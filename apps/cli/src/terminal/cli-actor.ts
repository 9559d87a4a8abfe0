import { userInfo } from 'node:os'
import type { By } from '@dsapi/auth'

/** Whoever is at this command line, now: for the audit table. */
export const cliActor = (): By => ({ actor: `cli:${userName()}`, now: Date.now() })

/** A user without an entry in the system's list, as containers have them, goes by number. */
const userName = () => {
  try {
    return userInfo().username
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`
  }
}
