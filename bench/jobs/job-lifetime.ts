import { setTimeout } from 'node:timers/promises'
import type { Database } from '@dsapi/db'
import { sql } from 'kysely'
import { type RunningDsapi, submitRequest } from '../dsapi.ts'
import { load } from '../load.ts'

const connections = 64

const areAllDone = async (db: Database) => {
  const { rows } = await sql`
    select 1 from jobs where state = 'queued' and run_at < ${Date.now()}
    union all select 1 from jobs where state = 'running' limit 1`.execute(db)
  return rows.length === 0
}

/** Jobs a second, from the first POST to the last finished row. */
export const jobsPerSecond = async (
  { port, key, db }: RunningDsapi,
  seconds: number,
): Promise<number> => {
  const begun = performance.now()
  const { answers } = await load(port, submitRequest(key), { connections, seconds })
  while (!(await areAllDone(db))) await setTimeout(20)
  return answers / ((performance.now() - begun) / 1000)
}

/** Jobs a second that are accepted without a worker. They are deleted again. */
export const acceptedPerSecond = async (
  { port, key, db }: RunningDsapi,
  seconds: number,
): Promise<number> => {
  const { rows } = await sql<{ last: number }>`select max(rowid) as last from jobs`.execute(db)
  const result = await load(port, submitRequest(key), { connections, seconds })
  await sql`delete from jobs where rowid > ${rows[0].last ?? 0}`.execute(db)
  return result.answers / result.seconds
}

/** Adds jobs as if they had been submitted: `queued` ones whose time comes soon, or finished ones. */
export const addJobs = async (
  db: Database,
  count: number,
  state: 'queued' | 'succeeded',
): Promise<void> => {
  const now = Date.now()
  const finishedAt = state === 'queued' ? null : now
  const result = state === 'queued' ? null : '{"class":0,"model_version":"1-abc"}'
  await sql`
    with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ${count})
    insert into jobs (id, key_id, kind, state, input, result, attempt, released, created_at, run_at,
      finished_at)
    select printf('00000000-0000-7000-8000-%012d', n), (select id from api_keys), 'slow-prediction',
      ${state}, '{"feature_a":1,"feature_b":1}', ${result}, 1, 0, ${now} - n, ${now} - n, ${finishedAt}
    from numbers`.execute(db)
}

/** The milliseconds from the acceptance of a single job to its start. */
export const pickUpMs = async (
  { port, key, db }: RunningDsapi,
  count: number,
): Promise<readonly number[]> => {
  for (let i = 0; i < count; i++) {
    await fetch(`http://127.0.0.1:${port}/predict-slow`, {
      method: 'POST',
      headers: { 'X-API-Key': key },
      body: '{"feature_a":1,"feature_b":1}',
    })
    await setTimeout(100)
  }
  const { rows } = await sql<{ ms: number }>`
    select started_at - created_at as ms from jobs order by created_at desc limit ${count}`.execute(
    db,
  )
  return rows.map(({ ms }) => ms)
}
