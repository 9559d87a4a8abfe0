import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  contentOf,
  describeOnSqlite,
  describeWithPostgres,
  describeWithRedis,
  type PostgresServer,
  startPostgres,
  startRedis,
  temporaryFolder,
  waitFor,
} from '@dsapi/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { demoKey, dsapi, generate, makeKey, ownEnvironment, spawned } from './dsapi.ts'

/** A password with all that URLs, JSON and shells mind. */
const password = 'Hunter2:/?#[]@%"\\ ü'
const parts = ['Hunter2', encodeURIComponent(password)]

const expectNoSecret = (written: unknown, secrets: readonly string[]) => {
  const text = typeof written === 'string' ? written : JSON.stringify(written)
  for (const secret of secrets) {
    const at = text.indexOf(secret)
    expect(text.slice(Math.max(0, at - 200), at + 200), `holds ${secret}`).not.toContain(secret)
  }
}

describeOnSqlite('with a password that Redis refuses', () => {
  describeWithRedis('on a real Redis', () => {
    const inVain = async (expectedUser: string) => {
      const redis = await startRedis()
      await redis.command('CONFIG', 'SET', 'requirepass', 'the right one')
      const env = { ...(await ownEnvironment()), LOG_LEVEL: 'trace' }
      await generate(env)
      const address = redis.url.replace('//', `//${expectedUser}:${encodeURIComponent(password)}@`)
      return { redis, env: { ...env, REDIS_URL: address } }
    }

    test.each(['', 'default', 'nobody'])('as %j, no process writes it', async (user) => {
      const { redis, env } = await inVain(user)
      const { key } = await makeKey(env, { rate: { requests: 10, seconds: 60 } })
      const server = spawned(['serve'], env)
      const worker = spawned(['worker'], env)
      const url = await server.says(/Listening on (http:[^"]+)/)
      await worker.says(/Waiting for jobs/)
      const headers = { authorization: `Bearer ${key}` }
      const body = '{"feature_a": 1, "feature_b": 2}'
      const answers = [
        await fetch(`${url}/predict/feature_a/1/feature_b/1`, { headers }),
        await fetch(`${url}/predict-slow`, { method: 'POST', headers, body }),
        await fetch(`${url}/readyz`),
        await fetch(`${url}/metrics`),
      ]
      // An outage is logged once, with its first cause: on a busy machine that may be a late answer.
      await server.says(/WRONGPASS|invalid username-password|Command timed out/)
      const told = await Promise.all(answers.map(async (answer) => answer.text()))
      const doctor = await dsapi(env, 'doctor', '--json')
      server.kill('SIGINT')
      worker.kill('SIGINT')
      const ended = [await server.ended(), await worker.ended()]
      await redis.stop()
      expect(doctor.code).toBe(1)
      expect(doctor.stdout).toContain('Redis')
      expectNoSecret({ told, doctor, ended }, parts)
      expectNoSecret(await contentOf(env.DATABASE_URL), parts)
    })
  })

  test('a setting that is wrong is told without it', async () => {
    const wrong = `redis://:${password}@127.0.0.1`
    for (const command of [['serve'], ['doctor'], ['keys', 'list']]) {
      const ended = await dsapi(
        { REDIS_URL: wrong, DATABASE_URL: `pg://me:${password}@h` },
        ...command,
      )
      expect(ended.code).toBe(1)
      expectNoSecret(ended, parts)
    }
  })
})

describeOnSqlite('with a password that PostgreSQL refuses', () => {
  describeWithPostgres('on a real PostgreSQL', () => {
    let postgres: PostgresServer
    beforeAll(async () => {
      const folder = await temporaryFolder()
      const rules = join(folder, 'pg_hba.conf')
      await writeFile(rules, 'host all me all scram-sha-256\nhost all all all trust\n')
      await chmod(folder, 0o755)
      postgres = await startPostgres({ settings: { hba_file: rules } })
      await postgres.query("create role me login password 'the right one'")
      return postgres.stop
    })

    test.each([
      ['before the host', (url: string, pw: string) => url.replace('dsapi@', `me:${pw}@`)],
      [
        'behind the name',
        (url: string, pw: string) => `${url.replace('dsapi@', 'me@')}?password=${pw}`,
      ],
    ])('%s, no command writes it', async (_, withPassword) => {
      const url = withPassword(postgres.url, encodeURIComponent(password))
      const env = { DATABASE_URL: url, PORT: '0', LOG_LEVEL: 'trace' }
      const source = await ownEnvironment()
      await generate(source)
      const from = ['--from', source.DATABASE_URL]
      for (const command of [
        ['serve'],
        ['worker'],
        ['start'],
        ['doctor'],
        ['doctor', '--json'],
        ['keys', 'list', '--json'],
        ['db', 'copy', ...from, '--to', url],
        ['db', 'copy', ...from, '--json'],
      ]) {
        const ended = await dsapi(env, ...command)
        expect(ended.code).toBe(1)
        expect(ended.stdout + ended.stderr).toMatch(/password/i)
        expectNoSecret(ended, parts)
      }
    })
  })
})

const percent = (text: string) =>
  [...text].map((character) => `%${character.charCodeAt(0).toString(16)}`).join('')

describe('keys that come in where nobody expects them', () => {
  test('are in nothing that a run writes', async () => {
    const env = { ...(await ownEnvironment()), LOG_LEVEL: 'trace', DSAPI_PREDICTION_LOG: 'on' }
    await generate(env, { demoKeys: true })
    const { key } = await makeKey(env, { scopes: ['predict', 'jobs', 'admin'] })
    const secret = key.slice(6)
    const [first, second] = [secret.slice(0, 20), secret.slice(20)]
    const server = spawned(['serve'], env)
    const worker = spawned(['worker'], env)
    const url = await server.says(/Listening on (http:[^"]+)/)
    const answers: string[] = []
    const send = async (path: string, init: RequestInit = {}, as: string = key) => {
      const headers = { authorization: `Bearer ${as}`, ...init.headers }
      const response = await fetch(url + path, { ...init, headers })
      const text = await response.text()
      answers.push(`${response.status} ${[...response.headers]} ${text}`)
      return { status: response.status, text }
    }
    const forms = [
      key,
      `%64sapi_${secret}`,
      `%2564sapi_${secret}`,
      `%25252564sapi_${secret}`,
      percent(key),
      percent(percent(key)),
      `dsapi_${first}/${second}`,
      `dsapi_${first}%2F${second}`,
      `dsapi_${first}%252F${second}`,
    ]
    for (const form of forms) {
      await send(`/${form}`)
      await fetch(`${url}/${form}`)
      await send(`/predict/feature_a/${form}/feature_b/1`)
      await send(`/predict/feature_a/1/feature_b/1?key=${form}`)
      await send(`/jobs/${form}`)
      const headers = {
        'idempotency-key': form,
        'x-request-id': form,
        traceparent: form,
        'user-agent': form,
        referer: `http://h/${form}`,
      }
      const body = '{"feature_a": 1, "feature_b": 1}'
      expect((await send('/predict-slow', { method: 'POST', body, headers })).status).toBe(400)
      for (const member of ['name', 'note']) {
        const named = JSON.stringify({ name: 'n', [member]: form })
        expect((await send('/keys', { method: 'POST', body: named })).status).toBe(400)
      }
      await send('/predict', { method: 'POST', body: `{"instances": [{"${form}": "${form}"}]}` })
      const csv = { 'content-type': 'text/csv' }
      await send('/jobs/batch', {
        method: 'POST',
        headers: csv,
        body: `feature_a,${form},feature_b\n${form},${form},1\n`,
      })
      const ndjson = { 'content-type': 'application/x-ndjson' }
      const line = JSON.stringify({ [form]: form, feature_a: form }).replace('dsapi', '\\u0064sapi')
      await send('/jobs/batch', { method: 'POST', headers: ndjson, body: `${line}\n[1,2]\n` })
    }
    // A key from elsewhere is known by the request that it came with.
    await send(`/x/${demoKey}`, {}, demoKey)
    await send('/jobs', { headers: { 'x-request-id': demoKey } }, demoKey)
    const kept = { 'idempotency-key': demoKey }
    const body = '{"feature_a": 1, "feature_b": 1}'
    expect(
      (await send('/predict-slow', { method: 'POST', body, headers: kept }, demoKey)).status,
    ).toBe(400)

    await waitFor(async () => {
      const { jobs } = JSON.parse((await send('/jobs')).text)
      return jobs.every(({ state }: { state: string }) => !['queued', 'running'].includes(state))
    })
    const { jobs } = JSON.parse((await send('/jobs')).text)
    expect(jobs.length).toBe(2 * forms.length)
    for (const { id } of jobs) await send(`/jobs/${id}/result`)
    answers.push(await (await fetch(`${url}/metrics`)).text())
    for (const options of [
      ['--name', key],
      ['--name', 'n', '--note', percent(key)],
    ]) {
      expect((await dsapi(env, 'keys', 'create', ...options)).code).toBe(2)
    }
    const list = await dsapi(env, 'keys', 'list', '--json')
    server.kill('SIGINT')
    worker.kill('SIGINT')
    const ended = [await server.ended(), await worker.ended()]
    const all = [key, secret, first, second, percent(secret)]
    expectNoSecret({ ended, list }, [...all, demoKey])
    expectNoSecret(await contentOf(env.DATABASE_URL), [...all, demoKey])
    expectNoSecret(answers, [key, secret])
  })
})
