export { findExpired, type OverdueKind } from './find-expired.ts'
export { retentionKinds } from './kinds.ts'
export type { RetentionDays } from './retention-kind.ts'
export { startRetention } from './start-retention.ts'
