import type { Database } from '@dsapi/db'

/** The settings that say how long something is kept, in days. */
export type RetentionDays = {
  readonly resultDays: number
  readonly predictionLogDays: number
  readonly trafficDays: number
  /** 0: for ever. */
  readonly auditDays: number
  /** 0: for ever. */
  readonly modelDays: number
}

export type Expired = {
  /** Milliseconds since 1970 (UTC). What is older is deleted. */
  readonly before: number
  readonly limit: number
  readonly now: number
}

/** A kind of data that is deleted after its time. */
export type RetentionKind = {
  readonly name: string
  /** What is deleted, for the reference. */
  readonly deletes: string
  /** Since when its age counts, for the reference. */
  readonly since: string
  /** The variable that says how long it is kept; undefined where that is fixed. */
  readonly setting?: string
  /** How many days it is kept; undefined: for ever. */
  readonly keepDays: (days: RetentionDays) => number | undefined
  /** How often it is looked for. */
  readonly everyMs: number
  /** How many rows are deleted in one commit, so that no other writer waits for long. */
  readonly limit: number
  /** Deletes some, in the transaction that it is given. */
  readonly deleteSome: (transaction: Database, expired: Expired) => Promise<DeletedSome>
  /** Names some of what is to be deleted. */
  readonly find: (db: Database, expired: Omit<Expired, 'now'>) => Promise<readonly string[]>
}

export type DeletedSome = {
  readonly deleted: number
  /** Whether there may be more. */
  readonly isMore: boolean
}
