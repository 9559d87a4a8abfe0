import type { Claim } from '@dsapi/db'

/** A job that was claimed and runs. */
export type Run = { readonly done: Promise<void> }

/** How a dispatcher gets at jobs. A claim that another was faster to make is not there. */
export type Claims = {
  /** Claims one job, if it still waits. */
  readonly byId: (id: string) => Promise<Run | undefined>
  /** Claims those whose turn has come, at most so many. */
  readonly next: (limit: number) => Promise<readonly Run[]>
}

/**
 * What brings workers to waiting jobs. It is a doorbell and not a store: the rows are the jobs, so a
 * dispatcher may lose an id or carry it twice and no harm is done.
 */
export type Dispatcher = {
  /** Says that a job waits. Returns at once and never fails; what is lost is announced again. */
  readonly announce: (job: Claim) => void
  /** Has jobs claimed as they come, at most `concurrency` runs at a time. */
  readonly listen: (claims: Claims, concurrency: number) => Listener
  readonly close: () => Promise<void>
}

export type Listener = {
  /** Claims no further jobs. Runs that have begun go on. */
  readonly stop: () => Promise<void>
}

/** Where a dispatcher tells of troubles that it survives. */
export type OnError = (error: unknown) => void
