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
/** The screen's beginning, all of it cleared (ECMA-48: CUP, ED). */
const clear = '\u001b[H\u001b[J'

const ended = ({ counts }: JobStats) => endStates.reduce((sum, state) => sum + counts[state], 0)

type Seen = { readonly stats: JobStats; readonly at: number }

const picture = async (db: Database, before: Seen | undefined) => {
  const now = Date.now()
  const at = performance.now()
  const stats = await getJobStats(db, now)
  const newest = await listJobs(db, { keyId: undefined, limit: shownJobs })
  const rate = before && ((ended(stats) - ended(before.stats)) / (at - before.at)) * 1000
  const text = [
    statsTable(stats),
    rate === undefined ? '' : `${Math.max(0, rate).toFixed(0)} jobs a second end.`,
    `\nThe newest:\n\n${jobTable(newest?.jobs ?? [], now)}`,
  ].join('\n')
  return { seen: { stats, at }, text }
}

/** Shows the jobs as they come and go, twice a second, until Ctrl-C; where the output is no terminal,
 * once. */
export const watch = (): Promise<void> =>
  withOwnDatabase(async (db) => {
    if (!process.stdout.isTTY) return print((await picture(db, undefined)).text)
    let isOver = false
    const over = waitForShutdown().then(() => {
      isOver = true
    })
    let before: Seen | undefined
    while (!isOver && !isOutputLost()) {
      const { seen, text } = await picture(db, before)
      before = seen
      process.stdout.write(`${clear}${text}\n\nCtrl-C ends this.\n`)
      await Promise.race([over, setTimeout(everyMs)])
    }
  })
