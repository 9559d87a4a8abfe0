import { readdir, readFile } from 'node:fs/promises'
import { hashKey, parseKey } from '@dsapi/auth'
import { contentOf, describeOnSqlite } from '@dsapi/testing'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  dsapi,
  generate,
  makeKey,
  type OwnEnvironment,
  ownEnvironment,
  spawnDsapi,
} from './dsapi.ts'

let env: OwnEnvironment

beforeEach(async () => {
  env = await ownEnvironment()
  await generate(env)
})

const json = async (...args: string[]) => {
  const { code, stdout, stderr } = await dsapi(env, 'keys', ...args, '--json')
  if (code !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

const create = (...args: string[]): Promise<{ readonly id: string; readonly key: string }> =>
  json('create', '--name', 'test', ...args)

describe('dsapi keys', () => {
  test('create keeps what it is told, and list and show say so, never in full', async () => {
    const options = ['--note', 'ask Ann', '--scopes', 'predict,admin', '--rate', '100/s']
    const limits = ['--quota', '5000', '--max-jobs', '50', '--expires', '90d']
    const { id, key } = await create(...options, ...limits, '--models', 'fraud,churn')
    const described = {
      id,
      name: 'test',
      state: 'active',
      note: 'ask Ann',
      scopes: ['predict', 'admin'],
      models: ['fraud', 'churn'],
      rate: '100/s',
      daily_quota: 5000,
      max_jobs: 50,
      created_by: expect.stringMatching(/^cli:/),
    }
    expect(await json('list')).toMatchObject([described])
    const shown = await json('show', id)
    expect(shown).toMatchObject({ ...described, history: [{ action: 'create' }] })
    expect(JSON.stringify(shown)).not.toContain(key)
    const forPeople = (await dsapi(env, 'keys', 'list')).stdout
    expect(forPeople).toContain('fraud churn  100/s 5000/day 50 jobs')
    expect(forPeople).not.toContain(key)
  })
})

describeOnSqlite('dsapi keys', () => {
  test('rotate prints the successor on standard output and the rest on standard error', async () => {
    const { id } = (await makeKey(env)).stored
    const { stdout, stderr, code } = await dsapi(env, 'keys', 'rotate', id, '--grace', '30m')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^dsapi_\w{38}\n$/)
    expect(stderr).toContain('The old key is valid until')
  })

  test('set changes what options name, and the audit shows it before and after', async () => {
    const { id } = await create('--rate', '100/s', '--quota', '5', '--expires', '1h')
    const limits = ['--rate', 'none', '--quota', '7', '--expires', 'never', '--models', 'churn']
    expect(
      await json('set', id, '--note', 'ask Ann', '--scopes', 'predict', ...limits),
    ).toMatchObject({
      ...{ name: 'test', note: 'ask Ann', scopes: ['predict'], models: ['churn'] },
      ...{ rate: null, daily_quota: 7, expires_at: null },
    })
    expect((await dsapi(env, 'keys', 'audit', '--limit', '1')).stdout).toContain('"daily_quota":7')
    expect(await dsapi(env, 'keys', 'set', id)).toMatchObject({ code: 1 })
    expect((await dsapi(env, 'keys', 'set', id, '--scopes', 'admin')).stderr).toContain(
      '--scopes must be some of the scopes that the key has: predict',
    )
  })

  test('disable, enable and revoke are told in the audit', async () => {
    const { id } = (await makeKey(env)).stored
    for (const change of ['disable', 'enable', 'revoke']) {
      expect(await dsapi(env, 'keys', change, id)).toMatchObject({ code: 0, stdout: '' })
    }
    const audit = await json('audit', '--key', id)
    expect(audit.map((entry: { action: string }) => entry.action)).toEqual([
      'revoke',
      'enable',
      'disable',
      'create',
    ])
    const all = await dsapi(env, 'audit', '--kind', 'key', '--target', id, '--limit', '3')
    expect(all.stdout).toMatch(/revoke.*\n.*enable.*\n.*disable/)
    expect(all.stderr).toMatch(/add --cursor key-\d+-\d+/)
  })
})

describeOnSqlite('what dsapi keys cannot do', () => {
  test.each([
    [['revoke', 'nobody'], 1, 'There is no key with this id'],
    [['rotate', 'nobody'], 1, 'There is no key with this id'],
    [['show', 'nobody'], 1, 'There is no key with this id'],
    [['create'], 2, '--name'],
    [['create', '--name', 'a', '--scopes', 'root'], 2, 'predict, jobs, admin'],
    [['create', '--name', 'a', '--models', 'a,B'], 2, 'lower-case letters'],
    [['create', '--name', 'a', '--rate', 'fast'], 2, '100/s'],
    [['create', '--name', 'a', '--expires', '1y'], 2, '90d'],
    [['create', '--name', 'a', '--quota', '0'], 2, 'whole number from 1'],
    [['create', '--name', 'a\u001b[31m'], 2, 'no control characters'],
    [['create', '--name', ' '], 2, '1 to 200 characters'],
    [['create', '--name', 'a', '--note', 'two\nlines'], 2, 'no control characters'],
  ])('for %j it ends with %d and says %j', async (args, code, message) => {
    const ended = await dsapi(env, 'keys', ...args)
    expect(ended.code).toBe(code)
    expect(ended.stderr).toContain(message)
  })
})

/** Command lines and environments of all processes of this machine, as anyone may list them. */
const processListing = async () => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const read = (pid: string, file: string) =>
    readFile(`/proc/${pid}/${file}`, 'latin1').catch(() => '')
  return (
    await Promise.all(pids.flatMap((pid) => [read(pid, 'cmdline'), read(pid, 'environ')]))
  ).join('\n')
}

test('neither a key nor its hash is in anything that a run writes', async () => {
  const server = spawnDsapi(['serve'], { ...env, LOG_LEVEL: 'trace', DSAPI_PREDICTION_LOG: 'on' })
  const url = await server.says(/Listening on (http:[^"]+)/)
  const made = await create('--scopes', 'predict,admin', '--rate', '20/m')
  const body = JSON.stringify({ name: 'over http' })
  const answers: string[] = []
  const send = async (path: string, init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${made.key}` }
    const response = await fetch(url + path, { headers, ...init })
    answers.push(`${[...response.headers]} ${await response.text()}`)
    return answers.at(-1) ?? ''
  }

  const overHttp = JSON.parse(
    / (\{.*)$/.exec(await send('/keys', { method: 'POST', body }))?.[1] ?? '',
  )
  answers.pop() // The one answer that shows a key.
  const rotated = await json('rotate', made.id)
  const wrong = `${made.key.slice(0, -1)}${made.key.endsWith('a') ? 'b' : 'a'}`
  await send('/predict/feature_a/1/feature_b/1')
  await send(`/predict/feature_a/${made.key}/feature_b/1?key=${made.key}`)
  await send(`/keys/${made.key}`)
  await send(`/keys/${made.key}/revoke`, { method: 'POST' })
  await send('/keys', { method: 'POST', body: JSON.stringify({ name: 1, [made.key]: made.key }) })
  await send('/keys', { method: 'POST', body: made.key })
  await send('/', { headers: { 'x-api-key': wrong } })
  await send('/', { headers: { 'x-api-key': made.key, authorization: `Bearer ${rotated.key}` } })
  await send('/keys/audit')
  for (let i = 0; i < 20; i++) await send('/keys')
  const listing = await processListing()
  await dsapi(env, 'keys', 'revoke', made.id)
  for (let i = 0; i < 3; i++) await send('/keys')
  const told = await Promise.all(
    [['list'], ['list', '--json'], ['show', made.id], ['audit'], ['show', overHttp.id]].map(
      async (args) => {
        const { stdout, stderr } = await dsapi(env, 'keys', ...args)
        return stdout + stderr
      },
    ),
  )
  server.kill('SIGTERM')
  const { stdout, stderr } = await server.ended()

  const stored = await contentOf(env.DATABASE_URL)
  const written = { answers, listing, told, stdout, stderr }
  for (const text of [made.key, rotated.key, overHttp.key]) {
    const key = parseKey(text)
    if (key === undefined) throw new Error('A key that was shown should be one')
    const hash = hashKey(key)
    expect(stored).toContain(hash)
    expect(stored).not.toContain(key)
    for (const [place, content] of Object.entries(written)) {
      expect(JSON.stringify(content).includes(key), `a key in ${place}`).toBe(false)
      expect(JSON.stringify(content).includes(hash), `a hash in ${place}`).toBe(false)
    }
  }
})
