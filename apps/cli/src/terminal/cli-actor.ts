import { userInfo } from 'node:os'
import type { By } from '@dsapi/auth'

/** The user of this command line, and the time: for the audit log. */
export const cliActor = (): By => ({ actor: `cli:${userName()}`, now: Date.now() })

/** In a container the user may have no name, only a number. */
const userName = () => {
  try {
    return userInfo().username
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`
  }
}
