import type { Job } from '../../api/types.ts'
import { formatShare, formatSpan, shortId } from '../../format.ts'
import { href } from '../../router/location.ts'
import { now } from '../../state/live.ts'
import type { Chosen } from '../../state/use-chosen.ts'
import { State } from '../../ui/badge.tsx'
import { Copy } from '../../ui/copy.tsx'
import { Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'

type JobTableProps = {
  readonly jobs: readonly Job[]
  readonly chosen: Chosen
  readonly isAdmin: boolean
}

export const JobTable = ({ jobs, chosen, isAdmin }: JobTableProps) => {
  const ids = jobs.map(({ id }) => id)
  const isAllChosen = ids.length > 0 && ids.every((id) => chosen.ids.has(id))
  const head = (
    <>
      <th class="choose">
        <input
          type="checkbox"
          aria-label="Choose all rows shown"
          checked={isAllChosen}
          onClick={() => chosen.setAll(isAllChosen ? [] : ids)}
        />
      </th>
      <th>Job</th>
      <th>Kind</th>
      <th>State</th>
      {isAdmin && <th>Key</th>}
      <th>Created</th>
      <th class="number">Waited</th>
      <th class="number">Took</th>
      <th class="number">Attempts</th>
      <th>Error</th>
    </>
  )
  return (
    <Table label="Jobs" head={head}>
      {jobs.map((job) => (
        <tr key={job.id} data-row class={chosen.ids.has(job.id) ? 'chosen' : ''}>
          <td class="choose">
            <input
              type="checkbox"
              aria-label={`Choose ${shortId(job.id)}`}
              checked={chosen.ids.has(job.id)}
              onClick={(event) => chosen.toggle(job.id, ids, event.shiftKey)}
            />
          </td>
          <td class="nowrap">
            <a class="mono" data-open href={href(`/jobs/${job.id}`)} title={job.id}>
              {shortId(job.id)}
            </a>
            <Copy text={job.id} what="job id" />
          </td>
          <td class="nowrap">{job.kind}</td>
          <td>
            <JobState job={job} />
          </td>
          {isAdmin && (
            <td class="mono soft" title={job.owner}>
              {job.owner === undefined ? '–' : job.owner.slice(0, 8)}
            </td>
          )}
          <td class="nowrap">
            <Time at={job.created_at} />
          </td>
          <td class="number">{spanOf(job.created_at, job.started_at ?? job.finished_at)}</td>
          <td class="number">
            {job.started_at === null ? '–' : spanOf(job.started_at, job.finished_at)}
          </td>
          <td class="number">{job.attempts}</td>
          <td class="error" title={job.error}>
            {job.error?.split('\n')[0] ?? job.error_code ?? ''}
          </td>
        </tr>
      ))}
    </Table>
  )
}

/** From one time to another, or to now. */
const spanOf = (from: string, to: string | null) =>
  formatSpan((to === null ? now.value : Date.parse(to)) - Date.parse(from))

/** The state, and how far a running job is. */
export const JobState = ({ job }: { readonly job: Job }) => {
  const { progress } = job
  if (job.state !== 'running' || progress === undefined || progress === null)
    return <State of={job.state} />
  return (
    <span class="with-progress">
      <State of={job.state} />
      <progress value={progress} aria-label={`Progress of ${shortId(job.id)}`} />
      <small>{formatShare(progress)}</small>
    </span>
  )
}
