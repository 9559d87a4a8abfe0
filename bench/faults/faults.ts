// What becomes of jobs during faults: each fault several times, under load, with every accepted id accounted for at
// the end.
//   pnpm --filter @dsapi/bench bench:faults [KILLS] [ROUNDS]
// KILLS is how often an api or a worker is killed at random on each engine, with Redis and without; ROUNDS, how often
// each other thing happens.

import { recordResult } from '../record-result.ts'
import { printTable } from '../report.ts'
import { faultsOf, ways } from './configurations.ts'
import { diskFull, type Fault, storm } from './fault.ts'
import { type FaultReport, runFaults } from './run-faults.ts'
import { mountSmallDisk } from './small-disk.ts'
import { type SystemOptions, startSystem } from './system.ts'

const kills = Number(process.argv[2] ?? 200)
const rounds = Number(process.argv[3] ?? 5)

const repeat = (all: readonly Fault[]) => Array.from({ length: rounds }, () => all).flat()

const run = async (options: SystemOptions, list: readonly Fault[]): Promise<FaultReport> => {
  const system = await startSystem(options)
  try {
    return await runFaults(system, list, (name, ms) => {
      process.stderr.write(`${name}: ${(ms / 1000).toFixed(1)} s\n`)
    })
  } finally {
    await system.stop()
  }
}

const runOnSmallDisk = async () => {
  const disk = mountSmallDisk()
  if (disk === undefined) {
    process.stderr.write('The disk is not filled: mounting a small one takes root.\n')
    return undefined
  }
  try {
    return await run(
      { engine: 'sqlite', withRedis: false, folder: disk.folder },
      repeat([diskFull]),
    )
  } finally {
    disk.remove()
  }
}

const reports: Record<string, FaultReport | undefined> = {}
for (const way of ways) {
  process.stderr.write(`${way.name}\n`)
  reports[way.name] = await run(way, [...repeat(faultsOf(way)), storm(kills)])
}
reports['SQLite alone, on a small disk'] = await runOnSmallDisk()

const byName = ({ happened }: FaultReport) =>
  Object.entries(Object.groupBy(happened, (f) => f.name))

const rows = Object.entries(reports).flatMap(([dispatcher, report]) =>
  report === undefined
    ? []
    : byName(report).map(([name, times = []]) => {
        const slowest = Math.max(...times.map(({ recoveryMs }) => recoveryMs))
        return [dispatcher, name, String(times.length), `${(slowest / 1000).toFixed(1)} s`]
      }),
)
printTable(['With', 'What happens', 'Times', 'Slowest recovery'], rows)
process.stdout.write('\n')
printTable(
  [
    'With',
    'Faults',
    'Jobs',
    'Succeeded',
    'Failed with a reason',
    'Lost',
    'Doubled',
    'Without webhook',
    'Webhook without end',
    'Refusals, asked again',
  ],
  Object.entries(reports).flatMap(([dispatcher, report]) => {
    if (report === undefined) return []
    const { happened, accepted, succeeded, failed, lost, doubled } = report
    const { unreported, unfounded } = report
    const refusals = [...report.refusals].map(([status, count]) => `${count} × ${status}`)
    const ofJobs = [happened.length, accepted, succeeded, failed, lost, doubled]
    const counts = [...ofJobs, unreported, unfounded].map(String)
    return [[dispatcher, ...counts, refusals.join(', ') || 'none']]
  }),
)
const plain = (_: string, value: unknown) =>
  value instanceof Map ? Object.fromEntries(value) : value
recordResult('faults', JSON.parse(JSON.stringify(reports, plain)))
