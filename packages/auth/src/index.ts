export { type ListedEntry, listAudit } from './audit/list-audit.ts'
export { type AuthenticateRequest, authenticateOnce } from './authentication/authenticate-once.ts'
export {
  type Authentication,
  type Authenticator,
  createAuthenticator,
} from './authentication/authenticator.ts'
export { authorizeAtOnce } from './authentication/authorize-at-once.ts'
export { chargeAtOnce, type KeyLimits } from './authentication/charge-at-once.ts'
export { createFailedAttempts, type FailedAttempts } from './authentication/failed-attempts.ts'
export {
  type AuthenticatedEnv,
  apiKeyAuth,
  type Refuse,
  requireScope,
  type ScopeFor,
} from './authentication/hono.ts'
export { mayUseModel } from './authentication/permissions.ts'
export { presentedIn } from './authentication/presented-key.ts'
export { type Actor, type AuditEntry, type By, readAudit, readAuditPage } from './keys/audit.ts'
export { addDemoKeys, demoKeys, hasDemoKeys } from './keys/demo-keys.ts'
export { durationForm, parseDuration } from './keys/duration.ts'
export { type FollowedKeys, followKeys } from './keys/follow-keys.ts'
export { KeyError } from './keys/key-error.ts'
export { generateKey, hashKey, longestKey, parseKey } from './keys/key-format.ts'
export {
  keyTextForm,
  keyTextPattern,
  longestName,
  longestNote,
  mostModels,
} from './keys/key-names.ts'
export {
  createKey,
  disableKey,
  enableKey,
  findOwner,
  getKey,
  type KeyOptions,
  listKeys,
  type MadeKey,
  revokeKey,
  rotateKey,
} from './keys/manage-keys.ts'
export { describeOwnKey, type OwnKey } from './keys/own-key.ts'
export { type Scope, scopes } from './keys/scopes.ts'
export { type KeyChange, setKey } from './keys/set-key.ts'
export { describeKey, type KeyDescription, type StoredKey, stateOf } from './keys/stored-key.ts'
export { rateLimitHeaders } from './limits/allowance.ts'
export { shareRateLimits } from './limits/cluster-rate-store.ts'
export { formatRate, parseRate, type Rate, rateForm } from './limits/rate.ts'
export { createRateLimits, type RateLimits } from './limits/rate-limits.ts'
export {
  consoleSessionPattern,
  createSessionFinder,
  type FindSession,
} from './sessions/find-session.ts'
export {
  endSession,
  listSessions,
  type OpenedSession,
  openSession,
} from './sessions/manage-sessions.ts'
export type { FoundSession } from './sessions/session.ts'
export { createSignInCode, takeSignInCode } from './sessions/sign-in-codes.ts'
export { countTraffic, type TrafficCount } from './traffic/count-traffic.ts'
export { durationBounds } from './traffic/duration-buckets.ts'
export { type KeyUsage, readKeyUsage, readUsedToday } from './traffic/read-key-usage.ts'
export { readTraffic, type TrafficReport, trafficGroups } from './traffic/read-traffic.ts'
export { trackUsage, type Usage } from './usage/usage.ts'
export {
  hasWebhookSecret,
  rotateWebhookSecret,
} from './webhooks/webhook-secrets.ts'
