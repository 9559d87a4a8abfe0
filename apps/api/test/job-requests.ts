import { claimNextJobs } from '@dsapi/db'
import type { RunningApi } from './running-api.ts'

/** Sends a request with a key, and reads its answer as JSON. */
export const sendTo = async (
  { url }: Pick<RunningApi, 'url'>,
  path: string,
  init: RequestInit,
  key: string,
) => {
  const response = await fetch(url + path, {
    ...init,
    headers: { 'x-api-key': key, ...init.headers },
  })
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  }
}

/** Claims a job that waits, as a worker does. */
export const claimJob = async ({ db }: Pick<RunningApi, 'db'>, id: string) => {
  const rows = await claimNextJobs(db, { now: Date.now(), limit: 1000 })
  const row = rows.find((claimed) => claimed.id === id)
  if (row === undefined) throw new Error('the job should have been waiting')
  return row
}
