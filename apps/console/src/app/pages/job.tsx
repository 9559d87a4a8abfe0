import { useSignal } from '@preact/signals'
import { changeJobs } from '../api/change-jobs.ts'
import type { Job as JobData } from '../api/types.ts'
import { consoleUrl } from '../base.ts'
import { formatCount, formatShare, formatSpan, shortId } from '../format.ts'
import { href } from '../router/location.ts'
import type { PageProps } from '../router/page-entry.ts'
import { now, refresh } from '../state/live.ts'
import { useJob } from '../state/use-job.ts'
import { announce } from '../ui/announce.tsx'
import { State } from '../ui/badge.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { Copy } from '../ui/copy.tsx'
import { Facts } from '../ui/facts.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page, Panel } from '../ui/page.tsx'
import { ExactTime } from '../ui/time.tsx'
import { ResultRows } from './jobs/result-rows.tsx'

/** One job: when what happened to it, how far it is, and its result. */
export const Job = ({ parameters: { id = '' } }: PageProps) => {
  const asked = useJob(id)
  return (
    <Page
      title={`Job ${shortId(id)}`}
      lead={
        <>
          <a href={href('/jobs')}>Jobs</a> <span aria-hidden="true">/</span>{' '}
          <code class="name">{id}</code>
          <Copy text={id} what="job id" />
        </>
      }
      actions={asked.data && asked.data.owner === undefined && <Changes job={asked.data} />}
    >
      <Loaded of={asked}>
        {(job) => (
          <>
            <div class="columns">
              <Panel title="State">
                <Progress job={job} />
                <Facts
                  of={[
                    ['Kind', job.kind],
                    ['Model version', <code key="v">{job.model_version ?? '–'}</code>],
                    ['Attempts', String(job.attempts)],
                    ...(job.owner === undefined
                      ? []
                      : [['Key', <code key="k">{job.owner}</code>] as const]),
                  ]}
                />
              </Panel>
              <Panel title="Timeline">
                <Timeline job={job} />
              </Panel>
            </div>
            <Outcome job={job} />
            {job.owner !== undefined && (
              <p class="note">
                The job belongs to another key: its rows, its result and its error text are for that
                key only.
              </p>
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}

const Progress = ({ job }: { readonly job: JobData }) => (
  <div class="job-state">
    <State of={job.state} />
    {job.state === 'running' && (
      <>
        <progress
          {...(typeof job.progress === 'number' && { value: job.progress })}
          aria-label="Progress"
        />
        {typeof job.progress === 'number' && <span>{formatShare(job.progress)}</span>}
      </>
    )}
  </div>
)

const Timeline = ({ job }: { readonly job: JobData }) => {
  const created = Date.parse(job.created_at)
  const started = job.started_at === null ? undefined : Date.parse(job.started_at)
  const finished = job.finished_at === null ? undefined : Date.parse(job.finished_at)
  const waited = (started ?? finished ?? now.value) - created
  const steps = [
    { name: 'Queued', at: job.created_at, after: undefined },
    ...(job.started_at === null
      ? []
      : [{ name: `Attempt ${job.attempts} started`, at: job.started_at, after: waited }]),
    ...(job.finished_at === null
      ? []
      : [
          {
            name: job.state === 'succeeded' ? 'Succeeded' : `Ended: ${job.state}`,
            at: job.finished_at,
            after: finished === undefined ? undefined : finished - (started ?? created),
          },
        ]),
  ]
  return (
    <ol class="timeline">
      {steps.map(({ name, at, after }) => (
        <li key={name}>
          <strong>{name}</strong>
          <span>
            <ExactTime at={at} />
            {after !== undefined && <small> after {formatSpan(after)}</small>}
          </span>
        </li>
      ))}
      {job.state === 'queued' && <li class="open">Waits for {formatSpan(waited)}</li>}
      {job.state === 'running' && started !== undefined && (
        <li class="open">Runs for {formatSpan(now.value - started)}</li>
      )}
    </ol>
  )
}

const Outcome = ({ job }: { readonly job: JobData }) => {
  if (job.error !== undefined)
    return (
      <Panel title="Error">
        <pre class="wrap">{job.error}</pre>
      </Panel>
    )
  if (job.error_code !== undefined)
    return (
      <Panel title="Error">
        <code>{job.error_code}</code>
      </Panel>
    )
  if (job.cleared_at !== undefined)
    return (
      <Panel title="Result">
        <p>
          The result was deleted at <ExactTime at={job.cleared_at} />, when its retention time was
          over.
        </p>
      </Panel>
    )
  const { result } = job
  if (result === undefined) return null
  if (!('rows' in result) || typeof result.rows !== 'number')
    return (
      <Panel title="Result" aside={<Copy text={JSON.stringify(result)} what="result" />}>
        <pre class="wrap">{JSON.stringify(result, null, 2)}</pre>
      </Panel>
    )
  const address = `${consoleUrl}/api/jobs/${encodeURIComponent(job.id)}/result`
  return (
    <Panel
      title="Result"
      aside={
        <a class="button" download href={address}>
          Download as CSV
        </a>
      }
    >
      <p class="lead">
        {formatCount(result.rows)} rows
        {'failed_rows' in result &&
          typeof result.failed_rows === 'number' &&
          result.failed_rows > 0 &&
          `, of which ${formatCount(result.failed_rows)} could not be scored`}
        .
      </p>
      <ResultRows jobId={job.id} />
    </Panel>
  )
}

/** Retry and cancel, where the state allows them. */
const Changes = ({ job }: { readonly job: JobData }) => {
  const asked = useSignal<'retry' | 'cancel' | undefined>(undefined)
  const mayRetry = job.state === 'failed' || job.state === 'cancelled'
  const mayCancel = job.state === 'queued' || job.state === 'running'
  const change = asked.value
  return (
    <>
      {mayRetry && (
        <button
          type="button"
          onClick={() => {
            asked.value = 'retry'
          }}
        >
          Retry
        </button>
      )}
      {mayCancel && (
        <button
          type="button"
          class="danger-text"
          onClick={() => {
            asked.value = 'cancel'
          }}
        >
          Cancel job
        </button>
      )}
      {change !== undefined && (
        <Confirm
          title={change === 'retry' ? 'Retry this job?' : 'Cancel this job?'}
          action={change === 'retry' ? 'Retry' : 'Cancel job'}
          danger={change === 'cancel'}
          onClose={() => {
            asked.value = undefined
          }}
          onConfirm={async () => {
            announce(await changeJobs(change, [job.id]))
            refresh()
          }}
        >
          <p>
            {change === 'retry'
              ? 'The job waits again, with all its attempts.'
              : 'The job is stopped for good.'}
          </p>
        </Confirm>
      )}
    </>
  )
}
