import { type RawBuilder, sql } from 'kysely'
import { jsonMember } from '../connection/engine.ts'
import type { Database } from '../schema.ts'
import type { Fault } from './fault.ts'

/** A fault that one statement finds. It gives one row with a `name` for each row that has the fault. */
type RowFault = Omit<Fault, 'count' | 'names'> & {
  readonly find: (db: Database) => RawBuilder<unknown>
}

/** How many chunks of its input or output a batch has, as its row says; 0 for other jobs. */
const chunksIn = (db: Database, column: 'input' | 'result') => sql`
  coalesce(case when kind = 'batch' then ${jsonMember(db, column, 'chunks')} end, 0)`

/** How many chunks of a part a job has. */
const chunksOf = (part: 'input' | 'output') => sql`
  (select count(*) from job_chunks where job_id = jobs.id and part = ${part})`

/** Versions that answer requests: one row for each. */
const answering = sql`
  select name, served as version from named_models
  union select name, canary from named_models where canary is not null
  union select name, shadow from named_models where shadow is not null`

/** How many bytes of a file are stored. */
const storedBytes = (sha256: string) => sql`
  (select coalesce(sum(octet_length(content)), 0) from artifact_pieces
    where artifact_pieces.sha256 = ${sql.ref(sha256)})`

const rowFaults: readonly RowFault[] = [
  {
    code: 'jobs_without_input',
    what: 'Jobs that wait or run and whose input is missing',
    mend: 'They fail when they are run. Cancel them, and submit them again: dsapi jobs cancel ID',
    find: (db) => sql`
      select id as name from jobs where state in ('queued', 'running')
        and (input = '' or ${chunksIn(db, 'input')} > ${chunksOf('input')})`,
  },
  {
    code: 'jobs_without_result',
    what: 'Jobs that succeeded and whose result is missing or incomplete',
    mend: 'Submit them again, or restore a backup that has them',
    find: (db) => sql`
      select id as name from jobs where state = 'succeeded' and cleared_at is null
        and (result is null or ${chunksIn(db, 'result')} > ${chunksOf('output')})`,
  },
  {
    code: 'results_without_job',
    what: 'Results in pieces whose job does not exist',
    mend: 'Nobody can read them. A server or a worker deletes them a day after they were stored',
    find: () => sql`
      select distinct job_id as name from job_chunks where part = 'output'
        and not exists (select 1 from jobs where jobs.id = job_chunks.job_id)`,
  },
  {
    code: 'jobs_without_end',
    what: 'Jobs that have ended and have no time of their end',
    mend: 'They are never deleted. Set the time: UPDATE jobs SET finished_at = created_at WHERE id = …',
    find: () => sql`
      select id as name from jobs
      where state in ('succeeded', 'failed', 'cancelled') and finished_at is null`,
  },
  {
    code: 'models_without_version',
    what: 'Versions of models that should answer and do not exist',
    mend: 'Serve another one: dsapi model serve NAME@VERSION',
    find: () => sql`
      select name || '@' || version as name from (${answering}) as answering
      where not exists (select 1 from model_versions
        where model_versions.name = answering.name and model_versions.version = answering.version)`,
  },
  {
    code: 'versions_without_file',
    what: 'Versions of models whose file is missing or incomplete',
    mend: 'Add the same file again as a new version, and serve that: dsapi model add FILE --name NAME --serve. Then remove the old version: dsapi model remove NAME@VERSION',
    find: () => sql`
      select name || '@' || version as name from model_versions
      where ${storedBytes('artifact_sha256')} <> size
        or (samples_sha256 is not null and ${storedBytes('samples_sha256')} = 0)`,
  },
  {
    code: 'keys_without_successor',
    what: 'Keys that were replaced by a key that does not exist',
    mend: 'Create a key for their owner, and revoke them: dsapi keys create --name NAME, dsapi keys revoke ID',
    find: () => sql`
      select id as name from api_keys where replaced_by is not null
        and not exists (select 1 from api_keys as next where next.id = api_keys.replaced_by)`,
  },
  {
    code: 'keys_without_owner',
    what: 'Keys whose owner, the first key of their line, does not exist',
    mend: 'Their daily quota and jobs are still counted together. Restore a backup that has the first key, if you need its audit',
    find: () => sql`
      select id as name from api_keys
      where not exists (select 1 from api_keys as owner where owner.id = api_keys.owner_id)`,
  },
]

/** Finds rows that should not be, with `limit` names for each fault. Each fault is looked for at one moment. */
export const findRowFaults = async (db: Database, limit: number): Promise<readonly Fault[]> => {
  const faults: Fault[] = []
  for (const { find, ...fault } of rowFaults) {
    const { rows } = await sql<{ name: string; count: number }>`
      select name, count(*) over () as count from (${find(db)}) as found
      order by name limit ${limit}`.execute(db)
    if (rows.length > 0) {
      faults.push({ ...fault, count: rows[0].count, names: rows.map(({ name }) => name) })
    }
  }
  return faults
}
