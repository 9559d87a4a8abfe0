import { useSignal, useSignalEffect } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Job } from '../api/types.ts'
import { consoleUrl } from '../base.ts'
import { isPaused, isVisible, updatedAt } from './live.ts'
import { type Asked, useAsked } from './use-asked.ts'

const hasEnded = (job: Job | undefined) =>
  job !== undefined && job.state !== 'queued' && job.state !== 'running'

/**
 * A job, which server-sent events keep fresh until it has ended. A hidden tab has no stream: browsers open at most six
 * connections to a server over HTTP/1.1, for all tabs together.
 */
export const useJob = (id: string): Asked<Job> => {
  const path = `/api/jobs/${encodeURIComponent(id)}`
  const asked = useAsked<Job>(path)
  const seen = useSignal<Job | undefined>(undefined)
  const isRunning = useSignal(false)
  useEffect(() => {
    seen.value = undefined
    isRunning.value = asked.data !== undefined && !hasEnded(asked.data)
  }, [asked.data, seen, isRunning])

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
