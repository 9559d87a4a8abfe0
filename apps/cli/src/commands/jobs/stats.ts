import { describeJobStats, getJobStats, type JobStats } from '@dsapi/queue'
import { withOwnDatabase } from '../../database/with-database.ts'
import { type Json, print, printJson, table } from '../../terminal/output.ts'

const barWidth = 40

/** The number of jobs in each state, with bars, for people. */
export const statsTable = ({ counts, oldestQueuedSeconds }: JobStats): string => {
  const most = Math.max(1, ...Object.values(counts))
  const rows = Object.entries(counts).map(([state, count]) => {
    const bar = '█'.repeat(Math.ceil((count / most) * barWidth))
    return [state, String(count), bar]
  })
  const oldest =
    oldestQueuedSeconds === null
      ? 'No job is queued.'
      : `The oldest queued job has waited ${oldestQueuedSeconds.toFixed(1)} s.`
  return `${table(['STATE', 'JOBS', ''], rows)}\n\n${oldest}`
}

export const stats = async ({ json }: Json): Promise<void> => {
  const found = await withOwnDatabase((db) => getJobStats(db, Date.now()))
  if (json) printJson(describeJobStats(found))
  else print(statsTable(found))
}
