/**
 * What wakes workers when a job waits. A dispatcher is a doorbell and not a store: the rows are the jobs, and workers poll
 * for them too, so a wake-up that is lost or repeated does no harm.
 */
export type Dispatcher = {
  /** Wakes a worker for a job that waits. Returns at once and never fails. */
  readonly announce: () => void
  /** How often a worker polls, for jobs that become due and for lost wake-ups. */
  readonly lookMs: () => number
  /** Calls `onWake` for each wake-up that is meant for this worker. */
  readonly listen: (onWake: OnWake) => Listener
  /** The state of Redis, for the operator. */
  readonly redis: () => 'unused' | 'ok' | 'away'
  readonly close: () => Promise<void>
}

/** Has a worker look for jobs. Resolves when it has a free slot after that. Until then it needs no further wake-up, and
 * passes this one on to other workers. */
export type OnWake = () => Promise<void>

export type Listener = { readonly stop: () => Promise<void> }
