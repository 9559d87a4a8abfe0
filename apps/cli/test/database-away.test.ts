import { createClient } from '@dsapi/client'
import { describeWithPostgres, startPostgres } from '@dsapi/testing'
import { expect, onTestFinished, test } from 'vitest'
import { demoKey, generate, spawned } from './dsapi.ts'

describeWithPostgres('dsapi whose PostgreSQL goes away', () => {
  test('says so once, is not ready meanwhile, works on when it is back, and ends also without it', async () => {
    const server = await startPostgres()
    onTestFinished(server.stop)
    const env = {
      DATABASE_URL: server.url,
      PORT: '0',
      DSAPI_SLOW_SECONDS: '0.1',
      DSAPI_DATABASE_CONNECT_SECONDS: '1',
    }
    await generate(env, { demoKeys: true })
    const api = spawned(['serve'], env)
    const worker = spawned(['worker'], env)
    const url = await api.says(/Listening on ([^"]+)/)
    const slow = () =>
      createClient({ baseUrl: url, apiKey: demoKey }).predictSlow({
        feature_a: 1.3,
        feature_b: -3.2,
      })
    expect(await slow()).toEqual({ class: 0 })

    await server.kill()
    for (const one of [api, worker]) await one.says(/The database is unreachable/)
    const ready = await fetch(`${url}/readyz`)
    expect(ready.status).toBe(503)
    expect(await ready.json()).toMatchObject({ checks: { database: 'unusable' } })
    await server.start()
    for (const one of [api, worker]) await one.says(/The database answers again/)
    expect(await slow()).toEqual({ class: 0 })

    await server.kill()
    for (const one of [api, worker]) {
      one.kill('SIGTERM')
      const { code, stderr } = await one.ended()
      expect(code).toBe(0)
      // Once for each time: as it went, and perhaps as it stopped.
      expect(stderr.match(/The database is unreachable/g)?.length).toBeLessThanOrEqual(2)
      expect(stderr.match(/The database answers again/g)).toHaveLength(1)
    }
  })
})
