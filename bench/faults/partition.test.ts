import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { createKey } from '@dsapi/auth'
import { type Database, openDatabase } from '@dsapi/db'
import { createDispatcher, createJobQueue, getJob, type JobId } from '@dsapi/queue'
import { describeWithPostgres, waitFor } from '@dsapi/testing'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { openLedger } from '../ledger.ts'
import { describeWithNetworkNamespaces, makeNetworkNamespace } from '../network-namespace.ts'
import { type Environment, main, runDsapi, stopChild } from '../processes.ts'
import { startDatabase } from './start-database.ts'

type Line = {
  readonly time: number
  readonly msg?: string
  readonly jobId?: string
  readonly reason?: string
}

/** Longer than a lease, so that a job is still under way when its worker has to let go of it. */
const longSeconds = '3'
const shortSeconds = '0.01'
const submitOne = { kind: 'slow-prediction', input: { feature_a: 1, feature_b: 1 } }

/** Starts a worker whose log is kept. */
const startWorker = async (env: Environment, prefix: readonly string[] = []) => {
  const [program, ...args] = [...prefix, process.execPath, main, 'worker']
  const child: ChildProcess = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const stop = async () => {
    if (child.exitCode === null) await stopChild(child)
  }
  onTestFinished(stop)
  if (child.stderr === null) throw new Error('Standard error was to be a pipe')
  const lines: Line[] = []
  createInterface({ input: child.stderr }).on('line', (line) => lines.push(JSON.parse(line)))
  const find = (msg: string, id?: JobId) =>
    lines.find((line) => line.msg === msg && (id === undefined || line.jobId === id))
  const said = async (msg: string, id?: JobId): Promise<Line> => {
    await waitFor(() => find(msg, id) !== undefined)
    return find(msg, id) ?? expect.fail()
  }
  await said('Waiting for jobs')
  const has = (msg: string, id: JobId) => find(msg, id) !== undefined
  return {
    stop,
    said,
    has,
    count: (msg: string) => lines.filter((line) => line.msg === msg).length,
  }
}

const historyOf = async (db: Database, id: JobId) => {
  const { rows } = await sql<{ state: string }>`
    select state from ledger where job_id = ${id} order by at`.execute(db)
  return rows.map(({ state }) => state)
}

describeWithPostgres('a worker whose packets to the database are dropped', () => {
  describeWithNetworkNamespaces('and without an error for either side', () => {
    test('lets go of its job before another takes it, writes nothing for it, and works on later', async () => {
      const namespace = makeNetworkNamespace()
      onTestFinished(namespace.remove)
      const options = { folder: '', host: namespace.hostAddress }
      const database = await startDatabase('postgres', options)
      onTestFinished(database.stop)
      const path = process.env.PATH ?? ''
      const env = { PATH: path, DATABASE_URL: database.url, DSAPI_SLOW_SECONDS: longSeconds }
      await runDsapi(['gendb'], env)
      const db = await openDatabase({ url: database.onlookerUrl })
      onTestFinished(() => db.destroy())
      await openLedger(db, 'postgres')
      const by = { actor: 'cli:faults', now: Date.now() } as const
      const { stored } = await createKey(db, { name: 'faults' }, by)
      const submit = async () => {
        const submitJob = createJobQueue(db, await createDispatcher(db, undefined, () => {}), {
          limit: 9,
          ownerLimit: 9,
        }).submit
        const job = { ...submitOne, keyId: stored.id, timeLimitMs: 60_000 }
        const submitted = await submitJob(job)
        return submitted.outcome === 'conflict' ? expect.fail() : submitted.id
      }
      const succeeded = (id: JobId) => () =>
        getJob(db, { id, keyId: undefined }).then((job) => job?.state === 'succeeded')

      const cutOff = await startWorker(env, namespace.command)
      const other = await startWorker({ ...env, DSAPI_SLOW_SECONDS: shortSeconds })
      const takenByTheFirst = async () => {
        for (;;) {
          const id = await submit()
          const hasSucceeded = succeeded(id)
          await waitFor(async () => cutOff.has('Job begun', id) || (await hasSucceeded()))
          if (cutOff.has('Job begun', id)) return id
        }
      }
      const id = await takenByTheFirst()
      const cutAt = Date.now()
      namespace.cut()

      const letGo = await cutOff.said('Job released', id)
      const begun = await other.said('Job begun', id)
      await waitFor(succeeded(id))
      expect(letGo.reason).toBe('unsure')
      expect(letGo.time).toBeLessThanOrEqual(begun.time)
      expect(await historyOf(db, id)).toEqual([
        'queued',
        'running',
        'queued',
        'running',
        'succeeded',
      ])

      await other.stop()
      const healedAt = Date.now()
      namespace.heal()
      const next = await submit()
      const resumed = await cutOff.said('Job begun', next)
      await waitFor(succeeded(next))
      expect(await historyOf(db, id)).toHaveLength(5)
      const warnings = cutOff.count(
        'The database is unreachable: no jobs are computed until it answers again',
      )
      const recoveries = cutOff.count('The database answers again')
      expect(warnings).toBeLessThanOrEqual(recoveries + 1) // On a busy machine there may be another outage.
      process.stdout.write(
        `let go of after ${letGo.time - cutAt} ms, taken over after ${begun.time - cutAt} ms, ` +
          `works again ${resumed.time - healedAt} ms after the network\n`,
      )
    }, 120_000)
  })
})
