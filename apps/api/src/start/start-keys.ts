import {
  authenticateOnce,
  createAuthenticator,
  createFailedAttempts,
  followKeys,
  hasDemoKeys,
  trackUsage,
} from '@dsapi/auth'
import type { IsAllowedHost } from '../http/host-check.ts'
import { ListenError } from '../http/http-server.ts'
import { isLoopback } from '../http/loopback.ts'
import type { StartContext } from './start-context.ts'

/**
 * Follows the keys in the database, and counts their use.
 *
 * @throws ListenError when the public demo keys would be accepted from other machines
 */
export const startKeys = async (
  { config, db, logger, onError, stack }: StartContext,
  isAllowedHost: IsAllowedHost,
) => {
  const isOnLoopback = isLoopback(config.host)
  if (!isOnLoopback && (await hasDemoKeys(db, Date.now()))) {
    throw new ListenError(
      `This database holds the public demo keys, so it is served on loopback only and not on ${config.host}. Revoke them first: dsapi keys revoke`,
    )
  }
  const followed = await followKeys(db, { onError })
  stack.defer(followed.stop)
  const usage = trackUsage(db, { onError })
  stack.defer(usage.stop)
  const authenticator = createAuthenticator(followed, {
    acceptDemoKeys: (host) => isOnLoopback && isAllowedHost(host),
  })
  return {
    followed,
    usage,
    authenticator,
    failedAttempts: createFailedAttempts((address) =>
      logger.warn(
        { address },
        'One address has sent many invalid keys. Its requests are now answered slowly',
      ),
    ),
    authenticate: authenticateOnce(authenticator.authenticate),
  }
}
