import type { JobRow } from '@dsapi/db'

/**
 * Why a run ends before its handler does: the claim was lost to another worker (or the job was cancelled), this worker has
 * to stop, its heartbeat could not be written for so long that its claim may be lost, or the time limit is over.
 */
export type EndReason = 'lost' | 'stopping' | 'unsure' | 'timeLimit'

/** A claimed job while it runs. */
export type RunningJob = {
  readonly row: JobRow
  /** Aborted when the run is to end; its `reason` is an `EndReason`. */
  readonly signal: AbortSignal
  readonly end: (reason: EndReason) => void
  /** Why the run was ended; undefined while it goes on. */
  readonly endedBy: () => EndReason | undefined
  /** When the write of the last heartbeat began, by the monotonic clock. */
  renewedAt: number
  /** Its progress, from 0 to 1, as the handler reports it. */
  progress: number | null
}

export const createRunningJob = (row: JobRow): RunningJob => {
  const controller = new AbortController()
  let endedBy: EndReason | undefined
  return {
    row,
    signal: controller.signal,
    end: (reason) => {
      endedBy ??= reason
      controller.abort(reason)
    },
    endedBy: () => endedBy,
    renewedAt: performance.now(),
    progress: null,
  }
}
