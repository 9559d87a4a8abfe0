import { text } from 'node:stream/consumers'
import { type Client, createClient } from '@dsapi/client'
import { describeOnSqlite, waitFor } from '@dsapi/testing'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import {
  dsapi,
  generate,
  makeKey,
  type OwnEnvironment,
  ownEnvironment,
  serveHere,
  spawned,
} from './dsapi.ts'

let env: OwnEnvironment
let client: Client

const start = (...args: string[]) => spawned(args, env)

const startWorker = async () => {
  const worker = start('worker')
  await worker.says(/Waiting for jobs/)
  return worker
}

beforeEach(async () => {
  env = { ...(await ownEnvironment()), DSAPI_SLOW_SECONDS: '0' }
  await generate(env)
  const { key: apiKey } = await makeKey(env)
  client = createClient({ baseUrl: await serveHere(env), apiKey })
})

const submit = async () => (await client.submit({ feature_a: 1.3, feature_b: -3.2 })).id

const jobs = (...args: string[]) => dsapi(env, 'jobs', ...args)
const json = async (...args: string[]) => JSON.parse((await jobs(...args, '--json')).stdout)
const untilState = (id: string, state: string) =>
  waitFor(async () => (await client.job(id)).state === state)

describe('dsapi jobs', () => {
  test('says so when there are none', async () => {
    expect(await jobs('list')).toMatchObject({ code: 0, stderr: 'There are no such jobs.\n' })
    expect(await json('list')).toEqual([])
    expect((await jobs('stats')).stdout).toContain('No job is queued.')
  })

  test('list shows jobs, those in one state, the newest first', async () => {
    const first = await submit()
    const second = await submit()
    await jobs('cancel', first)
    expect((await json('list')).map(({ id }: { id: string }) => id)).toEqual([second, first])
    expect(await json('list', '--state', 'cancelled')).toMatchObject([{ id: first }])
    expect((await jobs('list', '--limit', '1')).stdout).toMatch(
      new RegExp(`${second}\\s+slow-prediction\\s+queued`),
    )
  })

  test('show tells what came of a job', async () => {
    const id = await submit()
    await startWorker()
    await untilState(id, 'succeeded')
    expect(await json('show', id)).toMatchObject({ id, attempts: 1, result: { class: 0 } })
    expect((await jobs('show', id)).stdout).toMatch(/^state +succeeded$/m)
  })

  test('a job that waits is cancelled, and tried anew at an order', async () => {
    const id = await submit()
    expect(await jobs('cancel', id)).toMatchObject({ code: 0 })
    expect(await jobs('cancel', id)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('cannot be cancelled: its state is cancelled'),
    })
    expect(await jobs('retry', id)).toMatchObject({ code: 0 })
    await startWorker()
    await untilState(id, 'succeeded')
    expect((await jobs('retry', id)).stderr).toContain('its state is succeeded')
  })

  test('several are cancelled at once, and those that cannot be are named', async () => {
    const [first, second] = [await submit(), await submit()]
    await jobs('cancel', first)
    const { code, stderr } = await jobs('cancel', first, second)
    expect(code).toBe(1)
    expect(stderr).toContain(`The job ${second} is cancelled.`)
    expect(stderr).toContain(`The job ${first} cannot be cancelled: its state is cancelled.`)
    expect(await json('retry', first, second)).toMatchObject([{ id: first }, { id: second }])
  })

  test('list filters by kind, model, key, time and the beginning of an id', async () => {
    const id = await submit()
    const matching = ['--kind', 'slow-prediction', '--model', 'default', '--since', '1h']
    expect(await json('list', ...matching, '--id-prefix', id.slice(0, 20))).toMatchObject([{ id }])
    for (const other of [
      ['--kind', 'batch'],
      ['--model', 'churn'],
      ['--until', '1h'],
      ['--id-prefix', 'ffff'],
      ['--owner', '00000000-0000-4000-8000-000000000000'],
    ]) {
      expect(await json('list', ...other)).toEqual([])
    }
  })

  test('stats counts them, with bars', async () => {
    await submit()
    expect(await json('stats')).toMatchObject({ counts: { queued: 1, succeeded: 0 } })
    const { stdout } = await jobs('stats')
    expect(stdout).toMatch(/queued +1 +█+/)
    expect(stdout).toMatch(/waited \d+\.\d s/)
  })
})

// What no engine has a part in, or is tried on each without the command line.
describeOnSqlite('dsapi jobs', () => {
  test('an id that nobody has is said to be unknown', async () => {
    for (const id of ['nonsense', '00000000-0000-4000-8000-000000000000']) {
      for (const command of ['show', 'cancel', 'retry']) {
        expect(await jobs(command, id)).toMatchObject({
          code: 1,
          stderr: expect.stringContaining(`There is no job ${id}`),
        })
      }
    }
  })

  test('watch shows counts and the newest jobs, once where there is no terminal', async () => {
    const id = await submit()
    const { code, stdout } = await jobs('watch')
    expect(code).toBe(0)
    expect(stdout).toContain(id)
    expect(stdout).toMatch(/queued +1/)
  })
})

describe('a batch', () => {
  const rows = 30_000
  const bad = new Map([
    [10_000, '1\0,1'],
    [20_000, 'x,1'],
  ])
  const csv = Array.from({ length: rows }, (_, i) => bad.get(i + 1) ?? `${i / 1000},-0.5`)

  test('is scored in order by a worker, and says which rows could not be', async () => {
    await startWorker()
    const body = `feature_a,feature_b\n${csv.join('\n')}\n`
    const { id } = await client.submitBatch(body, { type: 'text/csv' })
    await untilState(id, 'succeeded')
    expect(await json('show', id)).toMatchObject({ result: { rows, failed_rows: 2 } })
    const result = await text(await client.result(id))
    const lines = result.trimEnd().split('\n')
    expect(lines).toHaveLength(rows + 1)
    for (const [index, line] of lines.entries()) {
      if (index > 0 && Number(line.split(',')[0]) !== index)
        throw new Error(`Row ${index}: ${line}`)
    }
    const told = lines.filter((line) => line.includes('feature_a'))
    expect(told.map((line) => Number(line.split(',')[0]))).toEqual([...bad.keys()])
    const predicted = await client.predict({ feature_a: 0, feature_b: -0.5 })
    expect(predicted).toMatchObject({ class: Number(lines[1].split(',')[1]) })
  })
})

describe('a job that is running', () => {
  beforeEach(async () => {
    env = { ...env, DSAPI_SLOW_SECONDS: '60' }
  })

  test('is cancelled, and its worker is free for the next', async () => {
    const worker = start('worker', '--concurrency', '1')
    onTestFinished(() => void worker.kill('SIGKILL')) // It would wait for the second job first.
    const id = await submit()
    await worker.says(/Job begun/)
    await jobs('cancel', id)
    await untilState(id, 'cancelled')
    const next = await submit()
    await untilState(next, 'running')
  })

  describeOnSqlite('and takes its worker with it', () => {
    test('is failed after three times', async () => {
      const id = await submit()
      for (let attempt = 1; attempt <= 3; attempt++) {
        const worker = start('worker')
        await worker.says(/Job begun/)
        worker.kill('SIGKILL')
        await worker.ended()
      }
      await startWorker()
      await untilState(id, 'failed')
      expect(await json('show', id)).toMatchObject({
        attempts: 3,
        error: 'The worker stopped each time it tried to compute this.',
      })
    })
  })
})
