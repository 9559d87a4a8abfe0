export { type AuthenticateRequest, authenticateOnce } from './authentication/authenticate-once.ts'
export {
  type Authenticate,
  type Authentication,
  type Authenticator,
  createAuthenticator,
} from './authentication/authenticator.ts'
export { authorizeAtOnce } from './authentication/authorize-at-once.ts'
export { createFailedAttempts, type FailedAttempts } from './authentication/failed-attempts.ts'
export {
  type AuthenticatedEnv,
  apiKeyAuth,
  type Refusal,
  type Refuse,
  requireScope,
} from './authentication/hono.ts'
export { type PresentedKey, presentedIn, readPresentedKey } from './authentication/presented-key.ts'
export { type Actor, type AuditEntry, readAudit, readAuditPage } from './keys/audit.ts'
export { addDemoKeys, demoKeys, hasDemoKeys } from './keys/demo-keys.ts'
export { durationForm, parseDuration } from './keys/duration.ts'
export { type FollowedKeys, followKeys } from './keys/follow-keys.ts'
export { KeyError, type KeyErrorCode } from './keys/key-error.ts'
export {
  type ApiKey,
  generateKey,
  hashKey,
  type KeyHash,
  keyPattern,
  parseKey,
} from './keys/key-format.ts'
export {
  keyTextForm,
  keyTextPattern,
  longestName,
  longestNote,
  parseKeyName,
  parseKeyNote,
} from './keys/key-names.ts'
export {
  type By,
  createKey,
  disableKey,
  enableKey,
  getKey,
  type KeyOptions,
  listKeys,
  type MadeKey,
  revokeKey,
  rotateKey,
} from './keys/manage-keys.ts'
export { describeOwnKey, type OwnKey } from './keys/own-key.ts'
export { defaultScopes, isScope, type Scope, scopes } from './keys/scopes.ts'
export {
  describeKey,
  type KeyDescription,
  type KeyState,
  type StoredKey,
  stateOf,
} from './keys/stored-key.ts'
export { type Allowance, rateLimitHeaders } from './limits/allowance.ts'
export { shareRateLimits } from './limits/cluster-rate-store.ts'
export { formatRate, parseRate, type Rate, rateForm } from './limits/rate.ts'
export { createRateLimits, type RateLimits } from './limits/rate-limits.ts'
export { trackUsage, type Usage } from './usage/usage.ts'
