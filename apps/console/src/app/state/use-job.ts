import { useSignal, useSignalEffect } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { withQuery } from '../api/request.ts'
import { hasScope } from '../api/session.ts'
import type { Job, JobPage } from '../api/types.ts'
import { consoleUrl } from '../base.ts'
import { isPaused, isVisible, updatedAt } from './live.ts'
import { type Asked, useAsked } from './use-asked.ts'

/** What an admin sees of the job of another key: only when and how it ran. */
const useJobOfOther = (id: string | undefined): Asked<Job> | undefined => {
  const path =
    id === undefined || !hasScope('admin')
      ? undefined
      : withQuery('/api/jobs', { all: true, id_prefix: id, limit: 1 })
  const list = useAsked<JobPage>(path, { every: 2000 })
  const job = list.data?.jobs[0]
  return path === undefined || job === undefined ? undefined : { ...list, data: job }
}

const hasEnded = (job: Job | undefined) =>
  job !== undefined && job.state !== 'queued' && job.state !== 'running'

/**
 * A job, which server-sent events keep fresh until it has ended. A hidden tab has no stream: browsers open at most six
 * connections to a server over HTTP/1.1, for all tabs together.
 */
export const useJob = (id: string): Asked<Job> => {
  const path = `/api/jobs/${encodeURIComponent(id)}`
  const own = useAsked<Job>(path)
  const ofOther = useJobOfOther(own.problem?.status === 404 ? id : undefined)
  const asked = ofOther ?? own
  const seen = useSignal<Job | undefined>(undefined)
  const isRunning = useSignal(false)
  useEffect(() => {
    seen.value = undefined
    isRunning.value = own.data !== undefined && !hasEnded(own.data)
  }, [own.data, seen, isRunning])

  useSignalEffect(() => {
    if (!isRunning.value || !isVisible.value || isPaused.value) return
    const source = new EventSource(`${consoleUrl}${path}/events`)
    const take = (event: MessageEvent<string>) => {
      const job: Job = JSON.parse(event.data)
      seen.value = job
      updatedAt.value = Date.now()
      if (hasEnded(job)) source.close()
    }
    for (const state of ['queued', 'running', 'succeeded', 'failed', 'cancelled'])
      source.addEventListener(state, take)
    return () => source.close()
  })
  return { ...asked, data: seen.value ?? asked.data }
}
