import { createClient } from '@dsapi/client'
import { insertPredictions, openDatabase } from '@dsapi/db'
import { waitFor } from '@dsapi/testing'
import { expect, onTestFinished, test } from 'vitest'
import { dsapi, generate, makeKey, ownEnvironment, spawned, startHere } from './dsapi.ts'

const features = { feature_a: 1.3, feature_b: -3.2 }

test('dsapi db check finds nothing while a server and a worker are busy', async () => {
  const env = { ...(await ownEnvironment()), DSAPI_SLOW_SECONDS: '0' }
  await generate(env)
  const { key } = await makeKey(env)
  const api = await startHere(env)
  onTestFinished(() => api.stop())
  const worker = spawned(['worker', '--concurrency', '2'], env)
  await worker.says(/Waiting for jobs/)
  const client = createClient({ baseUrl: api.url, apiKey: key })
  let isBusy = true
  let last = ''
  const submitting = (async () => {
    while (isBusy) {
      const batch = await client.submitBatch('feature_a,feature_b\n1,2\n', { type: 'text/csv' })
      last = batch.id
      await client.submit(features)
    }
  })()
  await waitFor(() => last !== '')
  const checks = [await dsapi(env, 'db', 'check'), await dsapi(env, 'db', 'check')]
  isBusy = false
  await submitting
  for (const { code, stdout, stderr } of checks) {
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toContain('no faults found')
  }
  await waitFor(async () => (await client.job(last)).state === 'succeeded')
})

test('dsapi db check names a fault, says how to mend it, and exits with 1', async () => {
  const env = await ownEnvironment()
  await generate(env)
  const { stored } = await makeKey(env)
  const db = await openDatabase({ url: env.DATABASE_URL })
  await db.updateTable('api_keys').set({ replaced_by: 'lost' }).execute()
  const row = { owner_id: 'k', request_id: '', kind: 'single', model: '1-1', features: '[]' }
  await insertPredictions(db, [{ ...row, answer: '{}', latency_us: 1, at: 1 }])
  await db.destroy()
  const { code, stdout } = await dsapi(env, 'db', 'check')
  expect(code).toBe(1)
  expect(stdout).toContain('✗ keys_without_successor: 1\n')
  expect(stdout).toContain(stored.id)
  expect(stdout).toContain('dsapi keys revoke ID')
  const asJson = await dsapi(env, 'db', 'check', '--json')
  expect(asJson.code).toBe(1)
  expect(JSON.parse(asJson.stdout)).toMatchObject({
    ok: false,
    faults: [
      { code: 'keys_without_successor', count: 1, names: [stored.id] },
      { code: 'expired_predictions', count: 1, names: ['1'] },
    ],
  })
})
