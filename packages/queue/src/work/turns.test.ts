import { claimJobsOf, type Database, insertApiKey, insertJob, openDatabase } from '@dsapi/db'
import { emptyDatabase } from '@dsapi/testing'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createTurns, shareSlots, turnBy } from './turns.ts'

const owners = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 20 })
const slots = fc.integer({ min: 1, max: 50 })

test('slots are given to owners as cards are: one each, and again from the first', () => {
  fc.assert(
    fc.property(owners, slots, (owners, slots) => {
      const given = Array.from({ length: slots }, (_, slot) => owners[slot % owners.length])
      const shares = shareSlots(owners, slots)
      expect(shares.map(({ owner }) => owner)).toEqual([...new Set(given)])
      for (const { owner, jobs } of shares) {
        expect(jobs).toBe(given.filter((one) => one === owner).length)
      }
    }),
  )
})

test('over several claims, no owner gets two slots more than another', () => {
  fc.assert(
    fc.property(owners, fc.array(slots, { maxLength: 20 }), (owners, claims) => {
      const got = new Map(owners.map((owner) => [owner, 0]))
      let inTurn: readonly string[] = owners
      for (const slots of claims) {
        for (const { owner, jobs } of shareSlots(inTurn, slots)) {
          got.set(owner, (got.get(owner) ?? 0) + jobs)
        }
        inTurn = turnBy(inTurn, slots)
      }
      expect(Math.max(...got.values()) - Math.min(...got.values())).toBeLessThanOrEqual(1)
    }),
  )
})

describe('the turns of a worker', () => {
  const queueOf = async (names: readonly string[]) => {
    const db = await openDatabase({ url: await emptyDatabase() }, { create: true })
    onTestFinished(() => db.destroy())
    for (const id of names) {
      const key = { id, name: '', hash: id, prefix: '', suffix: '', created_at: 0 }
      await insertApiKey(db, key)
    }
    return db
  }
  let count = 0
  const add = async (db: Database, keyId: string, jobs: number) => {
    for (let i = 0; i < jobs; i++) {
      await insertJob(db, {
        ...{ id: String(count++).padStart(9, '0'), keyId, kind: 'test', input: '{}' },
        ...{ timeLimitMs: 1000, idempotencyKey: null, fingerprint: null, requestId: null },
        ...{
          traceparent: null,
          modelName: 'default',
          modelVersion: null,
          now: 0,
          webhookUrl: null,
        },
      })
    }
  }
  /** The owners of the jobs that are claimed, as long as there are some. */
  const claimAll = async (db: Database, slots: number, turns = createTurns(db)) => {
    const claimed: string[] = []
    while (await turns.isAnyDue()) {
      const rows = await claimJobsOf(db, { shares: turns.share(slots), now: Date.now() })
      turns.pass(slots)
      if (rows.length < slots) turns.forget()
      claimed.push(...rows.map(({ key_id }) => key_id).toSorted())
    }
    return claimed
  }

  test('give the next slot to an owner who comes while another has many jobs', async () => {
    const db = await queueOf(['a', 'b'])
    await add(db, 'b', 50)
    const turns = createTurns(db)
    await turns.isAnyDue()
    await claimJobsOf(db, { shares: turns.share(3), now: Date.now() })
    turns.pass(3)
    await add(db, 'a', 1)
    turns.forget()
    await turns.isAnyDue()
    expect(turns.share(1)).toEqual([{ owner: 'a', jobs: 1 }])
  })

  test('alternate between two owners, slot by slot', async () => {
    const db = await queueOf(['a', 'b'])
    await add(db, 'a', 5)
    await add(db, 'b', 3)
    expect(await claimAll(db, 1)).toEqual(['a', 'b', 'a', 'b', 'a', 'b', 'a', 'a'])
  })

  test('come round to each of many owners before one has a second job', async () => {
    const names = Array.from({ length: 150 }, (_, i) => `owner${1000 + i}`)
    const db = await queueOf(names)
    for (const name of names) await add(db, name, 2)
    const claimed = await claimAll(db, 7)
    expect(new Set(claimed.slice(0, 147)).size).toBe(147)
    expect(claimed).toHaveLength(300)
  })

  test('are of nobody when no job is due', async () => {
    expect(await createTurns(await queueOf([])).isAnyDue()).toBe(false)
  })
})
