import { endStates, type Job, type JobWatch } from '@dsapi/queue'

const longestWaitSeconds = 60

/** How long a client wants to be kept waiting, in seconds: `Prefer: wait=10` (RFC 7240, section 4.3). */
export const preferredWait = (prefer: string | undefined): number => {
  const seconds = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,9})"?\s*(?:[,;]|$)/i.exec(prefer ?? '')?.[1]
  return Math.min(Number(seconds ?? 0), longestWaitSeconds)
}

export const hasEnded = (job: Job): boolean => endStates.includes(job.state)

/** Waits until a job has ended, at most so many seconds, or until the signal.
 * @returns the job as it is then; as it was, where there was nothing to wait for */
export const waitForEnd = (
  job: Job,
  watch: JobWatch,
  seconds: number,
  signal: AbortSignal,
): Promise<Job> => {
  if (seconds === 0 || hasEnded(job) || signal.aborted) return Promise.resolve(job)
  return new Promise((resolve) => {
    let last = job
    const finish = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', finish)
      unwatch()
      resolve(last)
    }
    const timer = setTimeout(finish, seconds * 1000)
    signal.addEventListener('abort', finish)
    const unwatch = watch.watch(job.id, (seen) => {
      last = seen ?? last
      if (seen === undefined || hasEnded(seen)) finish()
    })
  })
}
