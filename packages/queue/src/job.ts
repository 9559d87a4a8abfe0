import { type Database, findJob, type JobRow } from '@dsapi/db'

declare const brand: unique symbol

/** The id of a job: a UUID. */
export type JobId = string & { readonly [brand]: 'JobId' }

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Reads an id as a client wrote it; undefined when no job can have it. */
export const parseJobId = (text: string): JobId | undefined => {
  const id = text.toLowerCase()
  return uuid.test(id) ? (id as JobId) : undefined
}

/** Where a job stands, and what came of it. `result` is what the handler returned, read from JSON. */
export type JobStatus =
  | { readonly state: 'queued' | 'running' }
  | { readonly state: 'succeeded'; readonly result: unknown }
  | { readonly state: 'failed'; readonly error: string }

export type Job = { readonly id: string; readonly keyId: string } & JobStatus

const statusOf = (row: JobRow): JobStatus => {
  switch (row.state) {
    case 'succeeded':
      return { state: row.state, result: JSON.parse(row.result ?? 'null') }
    case 'failed':
      return { state: row.state, error: row.error ?? '' }
    default:
      return { state: row.state }
  }
}

/** Finds the job that a key has made. Another key's job is not there, just like an unknown one. */
export const getJob = async (
  db: Database,
  options: { readonly id: JobId; readonly keyId: string },
): Promise<Job | undefined> => {
  const row = await findJob(db, options.id)
  if (row === undefined || row.key_id !== options.keyId) return undefined
  return { id: row.id, keyId: row.key_id, ...statusOf(row) }
}
