import { setTimeout } from 'node:timers/promises'
import { type Account, account, recoveryMs } from '../ledger.ts'
import { startClients } from './clients.ts'
import type { Fault } from './fault.ts'
import type { System } from './system.ts'

export type FaultReport = Account & {
  /** The faults in their order, and how long after its end the last earlier job had ended. */
  readonly happened: readonly { readonly name: string; readonly recoveryMs: number }[]
  readonly refusals: ReadonlyMap<number, number>
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
  return { ...(await account(system.db, accepted)), happened, refusals: load.refusals }
}
