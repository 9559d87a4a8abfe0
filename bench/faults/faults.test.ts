import { describeWithPostgres, describeWithRedis } from '@dsapi/testing'
import { describe, expect, type TestContext, test } from 'vitest'
import { noNetworkNamespaces } from '../network-namespace.ts'
import { fewFaultsOf, ways } from './configurations.ts'
import { diskFull, type Fault, storm } from './fault.ts'
import { runFaults } from './run-faults.ts'
import { mountSmallDisk } from './small-disk.ts'
import { type SystemOptions, startSystem } from './system.ts'

const minutesMs = 300_000

if (noNetworkNamespaces !== undefined) {
  process.stderr.write(`No worker is cut off from its network (${noNetworkNamespaces})\n`)
}

const runFaultsOf = async (
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  options: SystemOptions,
  list: readonly Fault[],
) => {
  const system = await startSystem(options)
  onTestFinished(system.stop, minutesMs)
  return runFaults(system, list)
}

/** Lost and doubled are what matters, of jobs and of their webhooks; that there were jobs at all, that it was shown. */
const nothingLost = {
  accepted: expect.toSatisfy((count: number) => count > 0),
  lost: 0,
  doubled: 0,
  unreported: 0,
  unfounded: 0,
}

const describeWith = (way: SystemOptions) => {
  const withEngine = way.engine === 'postgres' ? describeWithPostgres : describe
  return way.withRedis
    ? (name: string, tests: () => void) => withEngine(name, () => describeWithRedis('', tests))
    : withEngine
}

// Two at a time (see `package.json`): most of the time each of them waits.
describe('whatever dies, every accepted job ends, once, and its webhook arrives', {
  concurrent: true,
}, () => {
  for (const way of ways) {
    describeWith(way)(way.name, () => {
      test(
        'and a refused client is asked to try again',
        async (context) => {
          const report = await runFaultsOf(context, way, [...fewFaultsOf(way), storm(4)])
          expect(report).toMatchObject(nothingLost)
          expect([...report.refusals.keys()].filter((status) => status !== 503)).toEqual([])
        },
        minutesMs,
      )
    })
  }

  const disk = mountSmallDisk()
  test.skipIf(disk === undefined)(
    'when the disk is full (needs root, to mount a small one)',
    async (context) => {
      const { folder, remove } = disk ?? { folder: '', remove: () => {} }
      context.onTestFinished(remove)
      const options = { engine: 'sqlite', withRedis: false, folder } as const
      const report = await runFaultsOf(context, options, [diskFull])
      expect(report).toMatchObject(nothingLost)
      expect([...report.refusals.keys()]).toEqual([503])
    },
    minutesMs,
  )
})
