import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { inTransaction } from '@dsapi/db'
import { Redis } from 'ioredis'
import { sql } from 'kysely'
import { patiently } from '../ledger.ts'
import type { LivingProcess } from './living-process.ts'
import type { System } from './system.ts'

/** A fault. It is over when it resolves. */
export type Fault = {
  readonly name: string
  readonly happen: (system: System) => Promise<void>
}

const hourMs = 3_600_000

const anyOf = (all: readonly LivingProcess[]) => all[Math.floor(Math.random() * all.length)]

const pause = async (one: LivingProcess, ms: number) => {
  one.signal('SIGSTOP')
  await setTimeout(ms)
  one.signal('SIGCONT')
}

const lock = async ({ engine, openOther }: System) => {
  const other = await openOther()
  // Others write all the time, so the lock has to be waited for.
  await patiently(() =>
    inTransaction(other, async (transaction) => {
      // In SQLite the transaction itself locks all.
      if (engine === 'postgres') await sql`lock table jobs in exclusive mode`.execute(transaction)
      await setTimeout(3000)
    }),
  )
  await other.destroy()
}

export const faults: readonly Fault[] = [
  { name: 'a worker is killed', happen: async ({ workers }) => anyOf(workers).signal('SIGKILL') },
  {
    name: 'all workers are killed',
    happen: async ({ workers }) => {
      for (const worker of workers) worker.signal('SIGKILL')
    },
  },
  { name: 'an api is killed', happen: async ({ apis }) => anyOf(apis).signal('SIGKILL') },
  { name: 'a worker stands still for 4 s', happen: ({ workers }) => pause(anyOf(workers), 4000) },
  { name: 'an api stands still for 4 s', happen: ({ apis }) => pause(anyOf(apis), 4000) },
  { name: 'another process locks the database for 3 s', happen: lock },
  { name: 'the clock jumps an hour ahead', happen: async (system) => system.shiftClock(hourMs) },
  { name: 'the clock jumps two hours back', happen: async (system) => system.shiftClock(-hourMs) },
  { name: 'the clock is set right', happen: async (system) => system.shiftClock(0) },
]

const command =
  (...words: [string, ...string[]]): Fault['happen'] =>
  async ({ redis }) => {
    if (redis === undefined) return
    const client = new Redis(redis.url)
    await client.call(...words)
    client.disconnect()
  }

export const redisFaults: readonly Fault[] = [
  {
    name: 'Redis is killed, and started again, empty, after 2 s',
    happen: async ({ redis }) => {
      await redis?.kill()
      await setTimeout(2000)
      await redis?.start()
    },
  },
  { name: 'FLUSHALL', happen: command('FLUSHALL') },
  { name: 'SCRIPT FLUSH', happen: command('SCRIPT', 'FLUSH') },
]

const cutAll =
  "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'dsapi'"

export const postgresFaults: readonly Fault[] = [
  {
    name: 'PostgreSQL is killed, and started again after 2 s',
    happen: async ({ postgres }) => {
      await postgres?.kill()
      await setTimeout(2000)
      await postgres?.start()
    },
  },
  {
    name: 'PostgreSQL stands still for 3 s',
    happen: async ({ postgres }) => postgres?.freeze(3000),
  },
  {
    name: 'all connections are cut, five times in a second',
    happen: async ({ postgres }) => {
      for (let i = 0; i < 5; i++) {
        await postgres?.query(cutAll)
        await setTimeout(200)
      }
    },
  },
]

/** For a system with a worker in a network namespace. */
export const cutOff: Fault = {
  name: 'all packets from and to a worker are dropped for 4 s',
  happen: async ({ namespace }) => {
    namespace?.cut()
    await setTimeout(4000)
    namespace?.heal()
  },
}

const fill = (path: string) => {
  const file = openSync(path, 'w')
  try {
    // In ever smaller pieces, so that nothing is left.
    for (let size = 2 ** 20; size >= 1; size = Math.floor(size / 2)) {
      const piece = Buffer.alloc(size)
      try {
        for (;;) writeSync(file, piece)
      } catch {}
    }
  } finally {
    closeSync(file)
  }
}

/** For a system whose database is on a small disk of its own. */
export const diskFull: Fault = {
  name: 'the disk is full for 3 s',
  happen: async ({ folder }) => {
    const path = join(folder, 'filler')
    fill(path)
    await setTimeout(3000)
    rmSync(path)
  },
}

/** Kills an api or a worker, whichever it hits, one after another. */
export const storm = (kills: number): Fault => ({
  name: `${kills} apis and workers are killed, two a second`,
  happen: async ({ apis, workers }) => {
    for (let i = 0; i < kills; i++) {
      anyOf([...apis, ...workers]).signal('SIGKILL')
      await setTimeout(500)
    }
  },
})
