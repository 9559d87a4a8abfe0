import type { JobRow } from '@dsapi/db'

/**
 * Why a run ends before its handler does: the claim is lost to another (or the job was cancelled), this
 * worker has to stop, it could not give a sign of life for so long that it must not believe in its claim
 * any more, or the time limit is over.
 */
export type EndReason = 'lost' | 'stopping' | 'unsure' | 'timeLimit'

/** A claimed job on its way, as the worker sees it. */
export type RunningJob = {
  readonly row: JobRow
  /** Aborted when the run is to end; its `reason` is an `EndReason`. */
  readonly signal: AbortSignal
  readonly end: (reason: EndReason) => void
  /** Why the run was ended; undefined while it goes on. */
  readonly endedBy: () => EndReason | undefined
  /** When the last sign of life that was written began, by the monotonic clock. */
  renewedAt: number
  /** How far it has come, from 0 to 1, as the handler reports it. */
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
