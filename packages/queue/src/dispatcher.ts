import type { Claim } from '@dsapi/db'

/**
 * Looks at a job now: claims it if it still waits. Resolves once that is decided, with the end of
 * the run where the claim was won and nothing where it was not.
 */
export type Look = (id: string) => Promise<Run | undefined>

export type Run = { readonly done: Promise<void> }

/**
 * What carries the ids of waiting jobs to the workers. It is a doorbell and not a store: the rows
 * are the jobs, so a dispatcher may lose an id or carry it twice and no harm is done.
 */
export type Dispatcher = {
  /** Says that a job waits. Returns at once and never fails; what is lost is announced again. */
  readonly announce: (job: Claim) => void
  /** Hands ids to `look`, at most `concurrency` runs at a time. */
  readonly listen: (look: Look, concurrency: number) => Listener
  readonly close: () => Promise<void>
}

export type Listener = {
  /** Hands out no further ids. Runs that have begun go on. */
  readonly stop: () => Promise<void>
}

/** Where a dispatcher tells of troubles that it survives. */
export type OnError = (error: unknown) => void
