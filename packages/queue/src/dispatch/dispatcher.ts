/**
 * What wakes workers when a job waits. It is a doorbell and not a store: the rows are the jobs, and a worker
 * looks for them by itself, so a dispatcher may lose a ring or give it twice and no harm is done.
 */
export type Dispatcher = {
  /** Says that a job waits. Returns at once and never fails. */
  readonly announce: () => void
  /** How often a worker looks without being told: for jobs whose time has come, and for lost rings. */
  readonly lookMs: () => number
  /** Calls `heard` for each ring that is for this worker. */
  readonly listen: (heard: Heard) => Listener
  /** How Redis is, for those who look after it. */
  readonly redis: () => 'unused' | 'ok' | 'away'
  readonly close: () => Promise<void>
}

/** Has a worker look for jobs. Resolves when it has a free hand after that: until then it needs to hear no
 * more, and passes the ring on to others. */
export type Heard = () => Promise<void>

export type Listener = { readonly stop: () => Promise<void> }
