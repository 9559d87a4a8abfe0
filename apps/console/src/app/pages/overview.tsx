import type { Drift, JobStats, Ready, Traffic } from '@dsapi/client'
import { withQuery } from '../api/request.ts'
import type { JobPage, KeyList, ModelList } from '../api/types.ts'
import { formatCount, formatSpan } from '../format.ts'
import { href } from '../router/location.ts'
import { now } from '../state/live.ts'
import { useAsked } from '../state/use-asked.ts'
import { Badge } from '../ui/badge.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page, Panel } from '../ui/page.tsx'
import { Time } from '../ui/time.tsx'
import { findNotices } from './overview/notices.ts'
import { TrafficNow } from './overview/traffic-now.tsx'

const states = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const

const words = {
  ready: ['good', 'ready'],
  degraded: ['warn', 'degraded'],
  unavailable: ['bad', 'unavailable'],
  stopping: ['wait', 'stopping'],
} as const

const minuteMs = 60_000
/** More jobs than these are counted as "100 or more". */
const mostFailed = 100

/** Whether all is well, and what should be looked at. */
export const Overview = () => {
  const ready = useAsked<Ready>('/api/readyz', { every: 2000 })
  const stats = useAsked<JobStats>('/api/jobs/stats', { every: 2000 })
  const models = useAsked<ModelList>('/api/models', { every: 5000 })
  const keys = useAsked<KeyList>('/api/keys', { every: 5000 })
  const traffic = useAsked<Traffic>('/api/traffic?window=1h&by=status', { every: 5000 })
  const hasDefault = models.data?.models.some(({ name }) => name === 'default') === true
  const drift = useAsked<Drift>(hasDefault ? '/api/drift' : undefined, { every: 5 * minuteMs })
  const hourAgo = new Date(Math.floor(now.value / minuteMs) * minuteMs - 60 * minuteMs)
  const failed = useAsked<JobPage>(
    withQuery('/api/jobs', {
      ...{ all: true, state: 'failed', since: hourAgo.toISOString(), limit: mostFailed },
    }),
    { every: 5000 },
  )
  const notices = findNotices({
    ...{ ready: ready.data, stats: stats.data, keys: keys.data?.keys, now: now.value },
    ...{ failed: failed.data?.jobs.length, mostFailed, traffic: traffic.data?.total },
    drift: drift.data,
  })
  return (
    <Page title="Overview">
      <div class="tiles">
        <Panel title="Health">
          <Loaded of={ready}>
            {({ status, checks }) => (
              <>
                <Badge tone={words[status][0]}>{words[status][1]}</Badge>
                <dl class="mini">
                  <div>
                    <dt>Database</dt>
                    <dd>{checks.database}</dd>
                  </div>
                  <div>
                    <dt>Model</dt>
                    <dd>{checks.model}</dd>
                  </div>
                  <div>
                    <dt>Redis</dt>
                    <dd>{checks.redis}</dd>
                  </div>
                </dl>
              </>
            )}
          </Loaded>
        </Panel>
        <Panel title="Jobs" aside={<a href={href('/jobs')}>All jobs</a>}>
          <Loaded of={stats}>
            {({ counts, oldest_queued_seconds: oldest }) => (
              <>
                <dl class="numbers">
                  {states.map((state) => (
                    <div key={state}>
                      <dt>{state}</dt>
                      <dd>
                        <a href={href(`/jobs?state=${state}`)}>{formatCount(counts[state])}</a>
                      </dd>
                    </div>
                  ))}
                </dl>
                <p class="soft">
                  {oldest === null
                    ? 'No job waits.'
                    : `The oldest has waited for ${formatSpan(oldest * 1000)}.`}
                </p>
              </>
            )}
          </Loaded>
        </Panel>
        <Panel title="Traffic of the last hour" aside={<a href={href('/traffic')}>All traffic</a>}>
          <Loaded of={traffic}>{(report) => <TrafficNow traffic={report} />}</Loaded>
        </Panel>
      </div>
      <Panel title="Look at">
        {notices.length === 0 ? (
          <p class="all-good">
            <Badge tone="good">nothing</Badge> <span class="soft">Nothing needs a look now.</span>
          </p>
        ) : (
          <ul class="notices">
            {notices.map(({ text, to, tone }) => (
              <li key={text}>
                <Badge tone={tone}>{tone === 'bad' ? 'problem' : 'notice'}</Badge>
                <a href={href(to)}>{text}</a>
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <Panel title="Served models" aside={<a href={href('/models')}>All models</a>}>
        <Loaded
          of={models}
          empty={({ models: all }) => (all.length > 0 ? undefined : <p>There is no model yet.</p>)}
        >
          {({ models: all }) => (
            <ul class="model-list">
              {all.map((model) => (
                <li key={model.name}>
                  <a class="name" href={href(`/models/${encodeURIComponent(model.name)}`)}>
                    {model.name}
                  </a>
                  <code>{model.model_version ?? model.version}</code>
                  <span class="soft">
                    changed <Time at={model.changed_at} />
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Loaded>
      </Panel>
    </Page>
  )
}
