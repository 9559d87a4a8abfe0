import { setTimeout } from 'node:timers/promises'
import { claimNextJobs, type Database, openDatabase } from '@dsapi/db'

const batch = 10

/** How many jobs a second a number of workers claim, ten at a time, from a queue that does not become empty. No job is
 * computed, because the queue itself is measured. */
export const claimsPerSecond = async (
  url: string,
  claimers: number,
  seconds: number,
): Promise<number> => {
  const databases: Database[] = []
  for (let i = 0; i < claimers; i++) databases.push(await openDatabase({ url, poolSize: 1 }))
  let isOver = false
  let claimed = 0
  const claim = async (db: Database) => {
    while (!isOver) {
      const jobs = await claimNextJobs(db, { now: Date.now(), limit: batch })
      claimed += jobs.length
    }
  }
  const begun = performance.now()
  const claiming = databases.map(claim)
  await setTimeout(seconds * 1000)
  isOver = true
  await Promise.all(claiming)
  const elapsed = (performance.now() - begun) / 1000
  await Promise.all(databases.map((db) => db.destroy()))
  return claimed / elapsed
}
