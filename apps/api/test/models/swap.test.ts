import { serveVersion } from '@dsapi/registry'
import { expect, onTestFinished, test } from 'vitest'
import { runApi } from '../running-api.ts'
import { addVersion, asking, constant, takenUp } from './models-api.ts'

test('no request fails while versions change twenty times', async () => {
  const api = await runApi()
  onTestFinished(api.stop)
  const admin = asking(api.url, (await api.makeKey({ scopes: ['predict', 'admin'] })).key)
  await addVersion(admin, 'default', constant(0))
  const seen = new Set<string>()
  let isOver = false
  const ask = async () => {
    while (!isOver) {
      const one = await admin.get('/predict/feature_a/1/feature_b/1')
      const many = await admin.post('/models/default/predict', {
        instances: [
          [1, 1],
          [2, 2],
        ],
      })
      expect([one.status, many.status]).toEqual([200, 200])
      for (const { version } of [one, many]) seen.add(version?.split('-')[0] ?? '')
    }
  }
  const asked = Promise.all(Array.from({ length: 4 }, ask))
  for (let swap = 0; swap < 20; swap++) {
    const version = 2 - (swap % 2)
    await serveVersion(api.db, { name: 'default', version, actor: 'cli:test', now: Date.now() })
    // Each change is taken up before the next: all twenty are made under load.
    await takenUp(admin, 'default', version)
  }
  isOver = true
  await asked
  expect([...seen].toSorted()).toEqual(['1', '2'])
}, 180_000)
