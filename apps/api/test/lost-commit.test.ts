import { describeOnPostgres, describeOnSqlite, startCommitLosingRelay } from '@dsapi/testing'
import { expect, test } from 'vitest'
import { bodyOf, runApi } from './running-api.ts'

describeOnPostgres('a commit whose answer is lost', () => {
  test('leaves a batch with all its rows, and its Idempotency-Key leads to it', async () => {
    const direct = await runApi()
    const relay = await startCommitLosingRelay(direct.database.url)
    const database = { ...direct.database, url: relay.url }
    const api = await runApi({ config: { database } })
    const post = () =>
      fetch(`${api.url}/jobs/batch`, {
        method: 'POST',
        body: 'feature_a,feature_b\n1,1\n',
        headers: {
          'x-api-key': direct.key,
          'content-type': 'text/csv',
          'idempotency-key': 'once',
        },
      })
    relay.loseCommitAfter('insert into "jobs"')
    expect((await post()).status).toBe(503)
    expect(relay.lost()).toBe(1)

    const [job] = await direct.db.selectFrom('jobs').selectAll().execute()
    const again = await post()
    expect(again.status).toBe(202)
    expect((await bodyOf(again)).id).toBe(job.id)
    const chunks = await direct.db.selectFrom('job_chunks').select(['job_id', 'content']).execute()
    expect(chunks).toEqual([{ job_id: job.id, content: '1,1\n' }])
    await api.stop()
    await relay.stop()
    await direct.stop()
  })
})

describeOnSqlite('a job that cannot be written', () => {
  test('leaves no row of its batch', async () => {
    const api = await runApi()
    // The statement of the job fails, and those of its rows do not.
    await api.db.schema.alterTable('jobs').renameColumn('traceparent', 'elsewhere').execute()
    const answer = await fetch(`${api.url}/jobs/batch`, {
      method: 'POST',
      body: 'feature_a,feature_b\n1,1\n',
      headers: { 'x-api-key': api.key, 'content-type': 'text/csv' },
    })
    expect(answer.status).toBe(500)
    expect(await api.db.selectFrom('job_chunks').selectAll().execute()).toEqual([])
    await api.stop()
  })
})
