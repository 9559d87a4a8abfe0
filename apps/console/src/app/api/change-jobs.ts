import { formatCount } from '../format.ts'
import { ask } from './request.ts'

type Outcomes = {
  readonly results: readonly { readonly id: string; readonly outcome: string }[]
}

const words: Readonly<Record<string, string>> = {
  conflict: 'could not be changed in their state',
  not_found: 'belong to other keys or do not exist',
  queue_full: 'found the queue full',
}

const mostAtOnce = 500

/** Retries or cancels jobs of the key, and says how many of them: `7 retried, 1 belong to other keys or do not exist`. */
export const changeJobs = async (
  change: 'retry' | 'cancel',
  ids: readonly string[],
): Promise<string> => {
  const counts = new Map<string, number>()
  for (let from = 0; from < ids.length; from += mostAtOnce) {
    const body = { ids: ids.slice(from, from + mostAtOnce) }
    const { results } = await ask<Outcomes>(`/api/jobs/${change}`, { method: 'POST', body })
    for (const { outcome } of results) counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  }
  return [...counts]
    .map(([outcome, count]) => `${formatCount(count)} ${words[outcome] ?? outcome}`)
    .join(', ')
}
