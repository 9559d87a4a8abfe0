import type { Database, Instant } from '../schema.ts'
import { claimJobsOf } from './job-changes.ts'
import type { JobRow } from './jobs.ts'
import { findOwnersInTurn } from './waiting-owners.ts'

/** Claims jobs that are due, at most `limit` and a fair share of each owner, without a turn that is kept. */
export const claimNextJobs = async (
  db: Database,
  { now, limit }: { readonly now: Instant; readonly limit: number },
): Promise<JobRow[]> => {
  const owners = await findOwnersInTurn(db, { after: '', dueBefore: now, limit })
  const jobs = (place: number) => Math.ceil((limit - place) / owners.length)
  const shares = owners.map((owner, place) => ({ owner, jobs: jobs(place) }))
  return claimJobsOf(db, { shares, now })
}
