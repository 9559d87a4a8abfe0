import type { JobPage } from '../../api/types.ts'
import { formatCount, shortId } from '../../format.ts'
import { href } from '../../router/location.ts'
import type { Asked } from '../../state/use-asked.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { JobState } from '../jobs/table.tsx'

/** The latest batches of the key. */
export const RecentBatches = ({ of }: { readonly of: Asked<JobPage> }) => (
  <Loaded of={of} empty={({ jobs }) => (jobs.length > 0 ? undefined : <p>No batch yet.</p>)}>
    {({ jobs }) => (
      <Table
        label="Latest batches"
        head={
          <>
            <th>Job</th>
            <th>State</th>
            <th>Created</th>
            <th class="number">Rows</th>
            <th class="number">Not scored</th>
          </>
        }
      >
        {jobs.map((job) => {
          const { result } = job
          const summary = result !== undefined && 'failed_rows' in result ? result : undefined
          return (
            <tr key={job.id} data-row>
              <td>
                <a class="mono" data-open href={href(`/jobs/${job.id}`)} title={job.id}>
                  {shortId(job.id)}
                </a>
              </td>
              <td>
                <JobState job={job} />
              </td>
              <td class="nowrap">
                <Time at={job.created_at} />
              </td>
              <td class="number">{summary === undefined ? '–' : formatCount(summary.rows)}</td>
              <td class="number">
                {summary === undefined ? '–' : formatCount(summary.failed_rows)}
              </td>
            </tr>
          )
        })}
      </Table>
    )}
  </Loaded>
)
