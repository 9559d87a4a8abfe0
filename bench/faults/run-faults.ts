import { setTimeout } from 'node:timers/promises'
import { type Account, account, type JobEnd, readEnds, recoveryMs } from '../ledger.ts'
import { startClients } from './clients.ts'
import type { Fault } from './fault.ts'
import type { System } from './system.ts'
import { deliveriesSent } from './webhook-receiver.ts'

export type FaultReport = Account & {
  /** The faults in their order, and how long after its end the last earlier job had ended. */
  readonly happened: readonly { readonly name: string; readonly recoveryMs: number }[]
  readonly refusals: ReadonlyMap<number, number>
  /** Jobs that ended without a webhook. */
  readonly unreported: number
  /** Webhooks of jobs that did not end, or not in the state that was reported. */
  readonly unfounded: number
}

const textOf = ({ id, state }: JobEnd) => `${id} ${state}`

/** Compares the ends of jobs with what their webhooks have reported. A webhook may come twice. */
const compareReports = async ({ db, receiver }: System) => {
  await deliveriesSent(db)
  const ended = new Set((await readEnds(db)).map(textOf))
  const reported = new Set(receiver.received().map(textOf))
  return {
    unreported: [...ended].filter((end) => !reported.has(end)).length,
    unfounded: [...reported].filter((end) => !ended.has(end)).length,
  }
}

const clients = 8
const calmMs = 300

/** Puts a system under load, causes faults, and checks the ledger at the end. */
export const runFaults = async (
  system: System,
  faults: readonly Fault[],
  onHappened: (name: string, recoveryMs: number) => void = () => {},
): Promise<FaultReport> => {
  const load = startClients(system.urls, system.key, clients)
  const happened: { name: string; recoveryMs: number }[] = []
  for (const { name, happen } of faults) {
    await setTimeout(calmMs)
    await happen(system)
    const ms = await recoveryMs(system.db, Date.now())
    happened.push({ name, recoveryMs: ms })
    onHappened(name, ms)
  }
  const accepted = await load.stop()
  await recoveryMs(system.db, Date.now())
  const reports = await compareReports(system)
  const counts = await account(system.db, accepted)
  return { ...counts, ...reports, happened, refusals: load.refusals }
}
