import { formatCount } from '../format.ts'
import { ask } from './request.ts'

type Outcomes = {
  readonly jobs: readonly { readonly id: string; readonly outcome: string }[]
}

const mostAtOnce = 500

/** Retries or cancels jobs, and says how many of them: `7 retried, 1 had ended`. */
export const changeJobs = async (
  change: 'retry' | 'cancel',
  ids: readonly string[],
): Promise<string> => {
  const counts = new Map<string, number>()
  for (let from = 0; from < ids.length; from += mostAtOnce) {
    const body = { ids: ids.slice(from, from + mostAtOnce) }
    const { jobs } = await ask<Outcomes>(`/api/jobs/${change}`, { method: 'POST', body })
    for (const { outcome } of jobs) counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  }
  return [...counts].map(([outcome, count]) => `${formatCount(count)} ${outcome}`).join(', ')
}
