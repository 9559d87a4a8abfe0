/** Reports that jobs may wait, until it is stopped. */
export type DatabaseWatch = {
  /** Whether it reports anything now: not on every file system, and not while there is no connection. */
  readonly works: () => boolean
  readonly stop: () => void
}
