import { type By, createSignInCode } from '@dsapi/auth'
import type { Database } from '@dsapi/db'

/**
 * Makes a link that signs in to the web console once, within a minute. The code is in the fragment, which browsers send to
 * no server.
 *
 * @param url the address of the API
 */
export const consoleLink = async (
  db: Database,
  url: string,
  by: By,
): Promise<{ readonly link: string; readonly expiresAt: number }> => {
  const { code, expiresAt } = await createSignInCode(db, by)
  return { link: `${url}/console#code=${code}`, expiresAt }
}
