import { setTimeout as wait } from 'node:timers/promises'
import { type Account, account, recoveryMs } from '../ledger.ts'
import type { Host } from './host.ts'
import type { Incident } from './incident.ts'
import { type Counts, startLoad } from './load.ts'
import type { Site } from './site.ts'

/** The outcome of one incident, from its start until a moment after the host works again. */
export type Outcome = {
  readonly host: string
  readonly what: string
  readonly seconds: number
  readonly answersASecond: number
  /** How many requests failed, by status or by what was wrong. */
  readonly failed: Readonly<Record<string, number>>
  readonly slowestRequestMs: number
  /** How long after its begin the last job had ended that was accepted before. */
  readonly recoveryMs: number
}

export type Phase = {
  readonly name: string
  /** Before anything happens. */
  readonly calmAnswersASecond: number
  readonly outcomes: readonly Outcome[]
  readonly answered: number
  readonly failed: Readonly<Record<string, number>>
  readonly accounts: Account
}

/** Until the hosts have compiled what they run. */
const warmUpMs = 6000
const calmMs = 2000
/** Long enough for a request that was under way at the end of it to fail. */
const afterMs = 1500

/** Puts load on a proxy, causes incidents at the hosts behind it, and checks the ledger at the end. */
export const runPhase = async (
  name: string,
  site: Site,
  proxy: Host,
  incidents: readonly Incident[],
): Promise<Phase> => {
  const load = startLoad(`http://${proxy.address}:8000`, site.key)
  await wait(warmUpMs)
  const warm = load.counts().answered
  const warmAt = performance.now()
  await wait(calmMs)
  const calmAnswersASecond = ((load.counts().answered - warm) * 1000) / (performance.now() - warmAt)
  const outcomes: Outcome[] = []
  for (const { host, what, happen } of incidents) {
    const before = load.counts()
    load.slowestMs()
    const since = Date.now()
    const begun = performance.now()
    await happen()
    const ms = await recoveryMs(site.db, since)
    await wait(afterMs)
    const seconds = (performance.now() - begun) / 1000
    const after = load.counts()
    const outcome = {
      host,
      what,
      seconds,
      answersASecond: (after.answered - before.answered) / seconds,
      failed: failedSince(before, after),
      slowestRequestMs: load.slowestMs(),
      recoveryMs: ms,
    }
    outcomes.push(outcome)
    process.stderr.write(`${host}: ${what}: ${inWords(outcome.failed)}\n`)
  }
  const accepted = await load.stop()
  const { answered, failed } = load.counts()
  await recoveryMs(site.db, Date.now())
  const accounts = await account(site.db, accepted)
  return {
    name,
    calmAnswersASecond,
    outcomes,
    answered,
    failed: Object.fromEntries(failed),
    accounts,
  }
}

const failedSince = (before: Counts, after: Counts) =>
  Object.fromEntries(
    [...after.failed]
      .map(([what, count]) => [what, count - (before.failed.get(what) ?? 0)] as const)
      .filter(([, count]) => count > 0),
  )

/** Failed requests, for people. */
export const inWords = (failed: Readonly<Record<string, number>>): string =>
  Object.entries(failed)
    .map(([what, count]) => `${count} × ${what}`)
    .join(', ') || 'none failed'
