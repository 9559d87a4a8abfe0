import { describeWithRedis } from '@dsapi/testing'
import { afterEach, describe, expect, test } from 'vitest'
import { diskFull, type Fault, faults, redisFaults, storm } from './fault.ts'
import { runFaults } from './run-faults.ts'
import { mountSmallDisk } from './small-disk.ts'
import { startSystem } from './system.ts'

const minutesMs = 300_000
let cleanups: (() => unknown)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup()
  cleanups = []
}, minutesMs)

const reportOf = async (options: Parameters<typeof startSystem>[0], list: readonly Fault[]) => {
  const system = await startSystem(options)
  cleanups.push(system.stop)
  return runFaults(system, list)
}

/** Lost and doubled are what matters; that there were jobs at all, that it was shown. */
const nothingLost = {
  accepted: expect.toSatisfy((count: number) => count > 0),
  lost: 0,
  doubled: 0,
}

describe('whatever dies, every accepted job ends, once', () => {
  test(
    'with the database alone',
    async () => {
      const report = await reportOf({ withRedis: false }, [...faults, storm(8)])
      expect(report).toMatchObject(nothingLost)
      expect([...report.refusals.keys()].filter((status) => status !== 503)).toEqual([])
    },
    minutesMs,
  )

  const disk = mountSmallDisk()
  test.skipIf(disk === undefined)(
    'when the disk is full (needs root, to mount a small one)',
    async () => {
      const { folder, remove } = disk ?? { folder: '', remove: () => {} }
      cleanups.push(remove)
      const report = await reportOf({ withRedis: false, folder }, [diskFull])
      expect(report).toMatchObject(nothingLost)
      expect([...report.refusals.keys()]).toEqual([503])
    },
    minutesMs,
  )
})

describeWithRedis('whatever dies, every accepted job ends, once', () => {
  test(
    'with bee-queue on Redis',
    async () => {
      const report = await reportOf({ withRedis: true }, [...faults, ...redisFaults, storm(8)])
      expect(report).toMatchObject(nothingLost)
      expect([...report.refusals.keys()].filter((status) => status !== 503)).toEqual([])
    },
    minutesMs,
  )
})
