import type { JobStats } from '@dsapi/client'
import { hasScope } from '../api/session.ts'
import type { Job, JobPage } from '../api/types.ts'
import { serverUrl } from '../base.ts'
import { formatCount, formatSpan } from '../format.ts'
import { location, setQuery } from '../router/location.ts'
import { useAsked } from '../state/use-asked.ts'
import { useChosen } from '../state/use-chosen.ts'
import { useHeldRows } from '../state/use-held-rows.ts'
import { useMore } from '../state/use-more.tsx'
import { Command } from '../ui/command.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page, Panel } from '../ui/page.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { JobFilters, jobListPath } from './jobs/filters.tsx'
import { JobTable } from './jobs/table.tsx'
import { JobToolbar } from './jobs/toolbar.tsx'

const states = ['all', 'queued', 'running', 'succeeded', 'failed', 'cancelled'] as const

/** All jobs for admins, else the jobs of the key: counts, filters, and what can be done to many at once. */
export const Jobs = () => {
  const query = location.value.query
  const isAdmin = hasScope('admin')
  const path = jobListPath(query, isAdmin)
  const stats = useAsked<JobStats>(isAdmin ? '/api/jobs/stats' : undefined, { every: 2000 })
  const list = useAsked<JobPage>(path, { every: 2000 })
  const more = useMore<Job, JobPage>(path, list.data, ({ jobs }) => jobs)
  const chosen = useChosen()
  const held = useHeldRows(list.data?.jobs ?? [], chosen.ids.size > 0)
  const state = query.get('state') ?? 'all'
  const counts = stats.data?.counts
  const isFiltered = [...query.keys()].length > 0
  return (
    <Page title="Jobs" lead={lead(isAdmin, stats.data)}>
      <Tabs
        label="State"
        controls="jobs"
        value={states.find((name) => name === state) ?? 'all'}
        tabs={states.map((name) => [
          name,
          <>
            {name}
            {counts !== undefined && name !== 'all' && (
              <span class="count">{formatCount(counts[name])}</span>
            )}
          </>,
        ])}
        onChange={(name) => setQuery({ state: name === 'all' ? undefined : name })}
      />
      <Panel class="flush">
        <div id="jobs" role="tabpanel" aria-label={`Jobs: ${state}`}>
          <JobFilters isAdmin={isAdmin} />
          <JobToolbar ids={[...chosen.ids]} onDone={chosen.clear} />
          <Loaded
            of={list}
            empty={({ jobs }) =>
              jobs.length > 0 ? undefined : isFiltered ? <p>No job fits the filter.</p> : <NoJobs />
            }
          >
            {() => (
              <>
                {held.nNew > 0 && (
                  <button type="button" class="new-rows" onClick={held.release}>
                    {formatCount(held.nNew)} new, show
                  </button>
                )}
                <JobTable jobs={[...held.rows, ...more.rows]} chosen={chosen} isAdmin={isAdmin} />
                {more.button}
              </>
            )}
          </Loaded>
        </div>
      </Panel>
      {isAdmin && (
        <p class="note">
          Of the jobs of other keys the console shows when and how they ran. It never shows their
          rows, results and error texts.
        </p>
      )}
    </Page>
  )
}

const lead = (isAdmin: boolean, stats: JobStats | undefined) => {
  if (!isAdmin) return 'The jobs of your key.'
  const oldest = stats?.oldest_queued_seconds
  if (oldest === undefined) return 'The jobs of all keys.'
  return oldest === null
    ? 'No job waits.'
    : `The oldest job has waited for ${formatSpan(oldest * 1000)}.`
}

const NoJobs = () => (
  <>
    <p>No jobs yet. Submit one:</p>
    <Command
      text={`curl -H "X-API-Key: $DSAPI_KEY" -H "Content-Type: text/csv" --data-binary @rows.csv ${serverUrl}/jobs/batch`}
    />
  </>
)
