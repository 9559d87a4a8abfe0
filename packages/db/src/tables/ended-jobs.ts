import type { Database, Instant } from '../schema.ts'
import type { JobRow } from './jobs.ts'

export type EndedJobRow = Pick<
  JobRow,
  'id' | 'kind' | 'state' | 'created_at' | 'started_at' | 'finished_at'
>

type EndedJobs = {
  readonly after: { readonly finishedAt: Instant; readonly id: string }
  readonly until: Instant
  readonly limit: number
}

/** Jobs in the order in which they ended, from one on; of those whose time is not over. */
export const listEndedJobs = (
  db: Database,
  { after, until, limit }: EndedJobs,
): Promise<EndedJobRow[]> =>
  db
    .selectFrom('jobs')
    .select(['id', 'kind', 'state', 'created_at', 'started_at', 'finished_at'])
    .where('finished_at', 'is not', null)
    .where('cleared_at', 'is', null)
    .where('finished_at', '>=', after.finishedAt)
    .where((eb) => eb(eb.refTuple('finished_at', 'id'), '>', eb.tuple(after.finishedAt, after.id)))
    .where('finished_at', '<=', until)
    .orderBy('finished_at')
    .orderBy('id')
    .limit(limit)
    .execute()
