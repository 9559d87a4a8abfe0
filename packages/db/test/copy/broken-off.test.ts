import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describeWithPostgres, type PostgresServer, startPostgres } from '@dsapi/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { copyDatabase, type Database, isUnwritable, openDatabase } from '../../src/index.ts'
import { contentsOf } from './contents.ts'
import { filledSource, insertAudits, insertJobs, jobId } from './fill-source.ts'

const program = fileURLToPath(new URL('copy-until.ts', import.meta.url))

describeWithPostgres('a copy that is broken off', () => {
  let server: PostgresServer

  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.stop())

  const copyUntil = async (from: string, to: string, ranges: number, delayMs: number) => {
    const child = spawn(process.execPath, [program, from, to, String(ranges), String(delayMs)], {
      stdio: 'inherit',
    })
    const [code, signal] = await once(child, 'exit')
    return signal ?? code
  }
  /** How many ranges the first stage of a copy goes through; no stage has more. */
  const rangesOfStage = async (source: Database) => {
    const target = await openDatabase(
      { url: await server.createDatabase() },
      { evenUnfinished: true },
    )
    const stages: string[] = []
    const onProgress = ({ stage }: { readonly stage: string }) => void stages.push(stage)
    await copyDatabase(source, target, { now: Date.now, onProgress })
    await target.destroy()
    return stages.filter((stage) => stage === stages[0]).length
  }
  /** Breaks the copy off in this process, which is quicker than a process that dies. */
  const throwAfter = async (source: Database, to: string, ranges: number) => {
    const target = await openDatabase({ url: to }, { evenUnfinished: true })
    let left = ranges
    const onProgress = () => {
      if (--left === 0) throw new Error('broken off')
    }
    await expect(copyDatabase(source, target, { now: Date.now, onProgress })).rejects.toThrow(
      'broken off',
    )
    await target.destroy()
  }
  const prepared = async () => {
    const source = await filledSource()
    const to = await server.createDatabase()
    onTestFinished(() => source.db.destroy())
    return { source: source.db, from: source.url, to }
  }
  const finish = async (source: Database, to: string) => {
    const target = await openDatabase({ url: to }, { evenUnfinished: true })
    onTestFinished(() => target.destroy())
    const result = await copyDatabase(source, target, { now: Date.now })
    expect(await contentsOf(target)).toEqual(await contentsOf(source))
    return result
  }

  test('ends whole, wherever it is killed, and does not write again what is there', async () => {
    const { source, from, to } = await prepared()
    const stage = await rangesOfStage(source)
    const deaths = [1, stage + 2, 2 * stage + 2, 2 * stage + 4, 2 * stage + 3, 2 * stage + 8]
    for (const [i, ranges] of deaths.entries()) {
      expect(['SIGKILL', 0]).toContain(await copyUntil(from, to, ranges, i % 3))
    }
    const { written, tables } = await finish(source, to)
    expect(written).toBeLessThan(tables.reduce((sum, { source }) => sum + source.rows, 0))
  }, 300_000)

  test('ends whole even if the source has changed before it goes on', async () => {
    const { source, to } = await prepared()
    for (const [i, ranges] of [25, 27, 30, 32].entries()) {
      await throwAfter(source, to, ranges)
      const [first, next] = [i * 400, 2501 + i * 300]
      await source
        .deleteFrom('jobs')
        .where('id', '>=', jobId(first))
        .where('id', '<', jobId(first + 300))
        .execute()
      await insertJobs(source, next, next + 300)
      await insertAudits(source, 10)
      await source.updateTable('api_keys').set({ last_used_at: i }).execute()
      await source
        .deleteFrom('job_chunks')
        .where('position', '=', 10 - i)
        .execute()
    }
    await source.deleteFrom('job_chunks').execute()
    await source.deleteFrom('audit').where('key_id', '=', 'key-d').execute()
    await source.deleteFrom('jobs').where('key_id', '=', 'key-d').execute()
    await source.deleteFrom('api_keys').where('id', '=', 'key-d').execute()
    await finish(source, to)
  }, 300_000)

  test('because the connection was cut says that it may be tried again, and then ends whole', async () => {
    const { source, to } = await prepared()
    const target = await openDatabase({ url: to }, { evenUnfinished: true })
    onTestFinished(() => target.destroy())
    let cut: Promise<unknown> | undefined
    const copy = copyDatabase(source, target, {
      now: Date.now,
      onProgress: ({ stage }) => {
        if (stage !== 'write') return
        cut ??=
          server.query(`alter database ${new URL(to).pathname.slice(1)} allow_connections false;
          select pg_terminate_backend(pid) from pg_stat_activity where datname like 'test%'`)
      },
    })
    await expect(copy).rejects.toSatisfy(isUnwritable)
    await cut
    await server.query(`alter database ${new URL(to).pathname.slice(1)} allow_connections true`)
    await finish(source, to)
  })

  test('is not taken for a whole database until it is finished', async () => {
    const { source, to } = await prepared()
    await throwAfter(source, to, 30)
    await expect(openDatabase({ url: to })).rejects.toMatchObject({
      code: 'unfinished',
      message: expect.stringContaining('dsapi db copy'),
    })
    await finish(source, to)
    const db = await openDatabase({ url: to })
    onTestFinished(() => db.destroy())
    expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }])
  })
})
