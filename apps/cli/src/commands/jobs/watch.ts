import { setTimeout } from 'node:timers/promises'
import type { Database } from '@dsapi/db'
import { endStates, getJobStats, type JobStats, listJobs } from '@dsapi/queue'
import { withOwnDatabase } from '../../database/with-database.ts'
import { waitForShutdown } from '../../processes/wait-for-shutdown.ts'
import { isOutputLost } from '../../terminal/closed-output.ts'
import { print } from '../../terminal/output.ts'
import { jobTable } from './list.ts'
import { statsTable } from './stats.ts'

const everyMs = 500
const shownJobs = 10
/** Moves the cursor to the top and clears the screen (ECMA-48: CUP, ED). */
const clear = '\u001b[H\u001b[J'

const ended = ({ counts }: JobStats) => endStates.reduce((sum, state) => sum + counts[state], 0)

type Snapshot = { readonly stats: JobStats; readonly at: number }

const draw = async (db: Database, before: Snapshot | undefined) => {
  const now = Date.now()
  const at = performance.now()
  const stats = await getJobStats(db, now)
  const newest = await listJobs(db, { keyId: undefined, limit: shownJobs })
  const rate = before && ((ended(stats) - ended(before.stats)) / (at - before.at)) * 1000
  const text = [
    statsTable(stats),
    rate === undefined ? '' : `${Math.max(0, rate).toFixed(0)} jobs finish a second.`,
    `\nNewest jobs:\n\n${jobTable(newest?.jobs ?? [], now)}`,
  ].join('\n')
  return { snapshot: { stats, at }, text }
}

/** Shows the jobs, refreshed twice a second until Ctrl-C; without a terminal, once. */
export const watch = (): Promise<void> =>
  withOwnDatabase(async (db) => {
    if (!process.stdout.isTTY) return print((await draw(db, undefined)).text)
    let isOver = false
    const over = waitForShutdown().then(() => {
      isOver = true
    })
    let before: Snapshot | undefined
    while (!isOver && !isOutputLost()) {
      const { snapshot, text } = await draw(db, before)
      before = snapshot
      process.stdout.write(`${clear}${text}\n\nCtrl-C to stop.\n`)
      await Promise.race([over, setTimeout(everyMs)])
    }
  })
