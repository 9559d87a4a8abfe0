export { type Allowance, rateLimitHeaders } from './allowance.ts'
export { type Actor, type AuditEntry, readAudit, readAuditPage } from './audit.ts'
export { type AuthenticateRequest, authenticateOnce } from './authenticate-once.ts'
export {
  type Authenticate,
  type Authentication,
  type Authenticator,
  createAuthenticator,
} from './authenticator.ts'
export { authorizeAtOnce } from './authorize-at-once.ts'
export { shareRateLimits } from './cluster-rate-store.ts'
export { addDemoKeys, demoKeys, hasDemoKeys } from './demo-keys.ts'
export { durationForm, parseDuration } from './duration.ts'
export { createFailedAttempts, type FailedAttempts } from './failed-attempts.ts'
export { type FollowedKeys, followKeys } from './follow-keys.ts'
export {
  type AuthenticatedEnv,
  apiKeyAuth,
  type Refusal,
  type Refuse,
  requireScope,
} from './hono.ts'
export { type ApiKey, generateKey, hashKey, type KeyHash, keyPattern, parseKey } from './key.ts'
export { KeyError, type KeyErrorCode } from './key-error.ts'
export {
  keyTextForm,
  keyTextPattern,
  longestName,
  longestNote,
  parseKeyName,
  parseKeyNote,
} from './key-text.ts'
export {
  type By,
  createKey,
  disableKey,
  enableKey,
  getKey,
  type KeyWishes,
  listKeys,
  type MadeKey,
  revokeKey,
  rotateKey,
} from './keys.ts'
export { describeOwnKey, type OwnKey } from './own-key.ts'
export { type PresentedKey, presentedIn, readPresentedKey } from './presented-key.ts'
export { formatRate, parseRate, type Rate, rateForm } from './rate.ts'
export { createRateLimits, type RateLimits } from './rate-limits.ts'
export { defaultScopes, isScope, type Scope, scopes } from './scopes.ts'
export {
  describeKey,
  type KeyDescription,
  type KeyState,
  type StoredKey,
  stateOf,
} from './stored-key.ts'
export { trackUsage, type Usage } from './usage.ts'
