import { type Client, createClient } from '@dsapi/client'
import { waitFor } from '@dsapi/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { constant } from '../models/models-api.ts'
import { type RunningApi, runApi } from '../running-api.ts'

let api: RunningApi
let client: Client
beforeAll(async () => {
  api = await runApi()
  const { key } = await api.makeKey({ scopes: ['predict', 'jobs', 'admin'] })
  client = createClient({ baseUrl: api.url, apiKey: key })
})
afterAll(() => api.stop())

test('the client adds, asks, serves, rolls back and removes versions of a model', async () => {
  const { models } = client
  const add = (label: 0 | 1) => models.add('churn', JSON.stringify(constant(label)))
  expect(await add(0)).toMatchObject({ version: 1, served: true })
  expect(await add(1)).toMatchObject({ version: 2, served: false })
  expect(await (await models.file('churn', 2)).text()).toBe(JSON.stringify(constant(1)))
  expect((await models.list()).map(({ name }) => name)).toEqual(['churn', 'default'])
  expect((await models.get('churn')).versions.map(({ version }) => version)).toEqual([2, 1])

  const row = { feature_a: 1, feature_b: 1 }
  expect(await models.predict('churn', row, { version: 2 })).toMatchObject({ class: 1 })
  expect(await models.predictMany('churn', [[1, 1]], { version: 1 })).toMatchObject([{ class: 0 }])

  expect(await models.serve('churn', 2, { canary: '10%' })).toMatchObject({
    canary: { version: 2, share: 0.1 },
  })
  expect(await models.serve('churn', 2)).toMatchObject({ version: 2, canary: null })
  // Processes take up what is served a moment later.
  await waitFor(() => models.predict('churn', row).then(Boolean, () => false))
  expect((await models.submit('churn', row)).id).toMatch(/^[0-9a-f-]{36}$/)

  expect(await models.rollBack('churn')).toMatchObject({ version: 1 })
  expect(await models.remove('churn', 2)).toMatchObject({ version: 2 })
  await expect(models.version('churn', 2)).rejects.toMatchObject({ code: 'not_found' })
})

test('the client adds a stream as it is read', async () => {
  const file = new Blob([JSON.stringify(constant(1))]).stream()
  const added = await client.models.add('streamed', file, { serve: true })
  expect(added).toMatchObject({ name: 'streamed', version: 1 })
})
