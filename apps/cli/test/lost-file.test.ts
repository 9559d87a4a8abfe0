import { rename, unlink } from 'node:fs/promises'
import { waitFor } from '@dsapi/testing'
import { expect, test } from 'vitest'
import { generate, makeKey, ownEnvironment, spawned } from './dsapi.ts'

test('a server whose database file was lost refuses all, and says why, until it is put back', async () => {
  const env = await ownEnvironment()
  await generate(env)
  const { key } = await makeKey(env)
  const server = spawned(['serve'], env)
  const worker = spawned(['worker'], env)
  const url = await server.says(/Listening on (http:[^"]+)/)
  await worker.says(/Waiting for jobs/)
  const headers = { authorization: `Bearer ${key}` }
  const statusOf = async (path: string, init: RequestInit = {}) =>
    (await fetch(url + path, { headers, ...init })).status
  const slow = { method: 'POST', body: '{"feature_a": 1, "feature_b": 2}' }
  const isShut = async () =>
    (await statusOf('/readyz')) === 503 &&
    (await statusOf('/predict/feature_a/1/feature_b/2')) === 503 &&
    (await statusOf('/predict-slow', slow)) === 503

  const path = env.DATABASE_URL.replace('sqlite:', '')
  await rename(path, `${path}.kept`)
  expect(await statusOf('/predict-slow', slow)).toBe(503)
  await waitFor(isShut)
  for (const process of [server, worker]) {
    await process.says(/test\.sqlite was deleted, moved or replaced while it was open. Put it back/)
  }

  await rename(`${path}.kept`, path)
  await waitFor(async () => (await statusOf('/readyz')) === 200)
  await waitFor(async () => (await statusOf('/predict-slow', slow)) === 202)

  // Another database in its place knows other keys.
  await unlink(path)
  await generate(env)
  await waitFor(isShut)
})
