// What `hosts.ts` runs inside the namespaces that it makes.

import { recordResult } from '../record-result.ts'
import { printTable } from '../report.ts'
import { oneOfEach, troubles, upgrades } from './incident.ts'
import { inWords, type Outcome, type Phase, runPhase } from './run-phase.ts'
import { buildSite } from './site.ts'

const [folder, ...words] = process.argv.slice(2)
const isShort = words.includes('--short')

const site = await buildSite(folder)
process.stderr.write('All hosts work.\n')
const some = isShort ? oneOfEach : <T>(all: T) => all
const phases = [
  await runPhase('kills in turn', site, site.haproxy, some(troubles(site))),
  await runPhase('rolling upgrade behind HAProxy', site, site.haproxy, some(upgrades(site))),
  await runPhase('rolling upgrade behind nginx', site, site.nginx, some(upgrades(site))),
]

const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0)
const addUp = (all: readonly Outcome['failed'][]) => {
  const sum: Record<string, number> = {}
  for (const [what, count] of all.flatMap(Object.entries)) sum[what] = (sum[what] ?? 0) + count
  return sum
}
const inSeconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

const rowsOf = ({ name, calmAnswersASecond, outcomes }: Phase) => [
  [name, 'nothing yet', '', calmAnswersASecond.toFixed(0), '', '', ''],
  ...Object.entries(Object.groupBy(outcomes, ({ what }) => what)).map(([what, all = []]) => [
    name,
    what,
    String(all.length),
    (
      total(all.map((one) => one.answersASecond * one.seconds)) /
      total(all.map((one) => one.seconds))
    ).toFixed(0),
    inWords(addUp(all.map(({ failed }) => failed))),
    inSeconds(Math.max(...all.map((one) => one.slowestRequestMs))),
    inSeconds(Math.max(...all.map((one) => one.recoveryMs))),
  ]),
]
printTable(
  [
    'Phase',
    'What happens',
    'Times',
    'Answers a second',
    'Failed requests',
    'Slowest request',
    'Slowest recovery',
  ],
  phases.flatMap(rowsOf),
)
process.stdout.write('\n')
printTable(
  ['Phase', 'Requests', 'Failed', 'Jobs', 'Succeeded', 'Failed with a reason', 'Lost', 'Doubled'],
  phases.map(({ name, answered, failed, accounts }) => {
    const all = total(Object.values(failed))
    const { accepted, succeeded, failed: jobs, lost, doubled } = accounts
    return [name, ...[answered + all, all, accepted, succeeded, jobs, lost, doubled].map(String)]
  }),
)
if (!isShort) recordResult('hosts', phases)
const isWrong = ({ name, failed, accounts }: Phase) =>
  accounts.lost > 0 ||
  accounts.doubled > 0 ||
  (name.startsWith('rolling') && Object.keys(failed).length > 0)
// The hosts end with this process, which is the first of their namespaces.
process.exit(phases.some(isWrong) ? 1 : 0)
