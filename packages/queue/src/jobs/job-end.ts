import { type Database, endStates, type JobEvent, transitions } from '@dsapi/db'

type EndState = 'succeeded' | 'failed' | 'cancelled'

/** An event after which a job is done. A worker that gives up leaves `failed`, as a handler that throws does. */
export type EndEvent = {
  [E in JobEvent]: (typeof transitions)[E]['to'] extends EndState ? E : never
}[JobEvent]

export const isEnd = (event: JobEvent): event is EndEvent =>
  endStates.includes(transitions[event].to)

/** The end of a job. */
export type JobEnd = {
  readonly id: string
  /** The owner. */
  readonly keyId: string
  readonly kind: string
  readonly event: EndEvent
  readonly state: EndState
  readonly modelName: string
  readonly modelVersion: string | null
  /** Where the end is to be reported; null: nowhere. */
  readonly webhookUrl: string | null
  /** Milliseconds since 1970 (UTC), as `finishedAt`. */
  readonly createdAt: number
  readonly finishedAt: number
}

/** Writes what has to be known of a job's end, in the transaction that ends it. It may be run more than once, so it must
 * do nothing but ask the database. */
export type EndReporter = (transaction: Database, end: JobEnd) => Promise<void>
