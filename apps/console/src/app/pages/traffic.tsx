import type { Traffic as TrafficData } from '@dsapi/client'
import { withQuery } from '../api/request.ts'
import type { KeyList } from '../api/types.ts'
import { formatCount, formatNumber, formatShare } from '../format.ts'
import { Series } from '../plots/series.tsx'
import { location, setQuery } from '../router/location.ts'
import { useAsked } from '../state/use-asked.ts'
import { Choice, chosenOf, SearchField } from '../ui/field.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page, Panel } from '../ui/page.tsx'
import { formatBound, Groups } from './traffic/groups.tsx'
import { durationCurves, errorShare, meanRate, rateCurves } from './traffic/rates.ts'

const windows = [
  ['15m', '15 minutes'],
  ['1h', '1 hour'],
  ['6h', '6 hours'],
  ['24h', '24 hours'],
  ['7d', '7 days'],
] as const
const groups = [
  ['route', 'route'],
  ['key', 'key'],
  ['status', 'status'],
] as const

/** Requests, errors and durations over time, and who and what has them. */
export const Traffic = () => {
  const { query } = location.value
  const window = chosenOf(windows, query.get('window')) ?? '1h'
  const by = chosenOf(groups, query.get('by')) ?? 'route'
  const [key, route] = [query.get('key') ?? '', query.get('route') ?? '']
  const asked = useAsked<TrafficData>(withQuery('/api/traffic', { window, by, key, route }), {
    every: 5000,
  })
  const keys = useAsked<KeyList>(by === 'key' ? '/api/keys' : undefined)
  const keyNames = new Map(keys.data?.keys.map(({ id, name }) => [id, name]))
  const marked = Date.parse(query.get('at') ?? '')
  const mark = {
    mark: Number.isNaN(marked) ? undefined : marked,
    onMark: (time: number | undefined) =>
      setQuery({ at: time === undefined ? undefined : new Date(time).toISOString() }),
  }
  return (
    <Page
      title="Traffic"
      lead="Requests of all processes and hosts. Counts are written once a minute."
    >
      <Panel class="flush">
        <search class="filters">
          <Choice
            label="Window"
            value={window}
            choices={windows}
            onChange={(value) => setQuery({ window: value, at: undefined })}
          />
          <Choice
            label="By"
            value={by}
            choices={groups}
            onChange={(value) => setQuery({ by: value })}
          />
          <SearchField
            {...{ label: 'Key id', value: key, isFilter: true }}
            onChange={(value) => setQuery({ key: value })}
          />
          <SearchField
            {...{ label: 'Route', value: route }}
            onChange={(value) => setQuery({ route: value })}
          />
        </search>
      </Panel>
      <Loaded
        of={asked}
        empty={({ total }) =>
          total.requests > 0 ? undefined : (
            <p>
              No request fits in this window of time. Counts appear up to a minute after a request.
            </p>
          )
        }
      >
        {(traffic) => (
          <>
            <Panel title="In this window">
              <Totals traffic={traffic} />
            </Panel>
            <Panel title="Requests per second">
              <Series
                curves={rateCurves(traffic)}
                yName="Requests per second"
                label={`${formatNumber(meanRate(traffic))} requests per second on average; ${formatShare(errorShare(traffic.total))} of them were answered with an error.`}
                {...mark}
              />
            </Panel>
            <Panel title="Durations">
              <Series
                curves={durationCurves(traffic)}
                yName="Milliseconds"
                label={`Half of the requests took ${formatBound(traffic.total.p50_ms)}, and 99 % ${formatBound(traffic.total.p99_ms)}.`}
                {...mark}
              />
              <p class="note">
                Durations are counted in classes, so each is the upper bound of its class.
              </p>
            </Panel>
            <Panel title={`By ${traffic.by}`} class="flush">
              <Groups traffic={traffic} keyNames={keyNames} />
            </Panel>
          </>
        )}
      </Loaded>
    </Page>
  )
}

const Totals = ({ traffic }: { readonly traffic: TrafficData }) => {
  const { total } = traffic
  const numbers = [
    ['requests', formatCount(total.requests)],
    ['per second', formatNumber(meanRate(traffic))],
    ['errors', formatShare(errorShare(total))],
    ['answered 5xx', formatCount(total.server_errors)],
    ['answered 429', formatCount(total.rate_limited)],
    ['p50', formatBound(total.p50_ms)],
    ['p95', formatBound(total.p95_ms)],
    ['p99', formatBound(total.p99_ms)],
  ] as const
  return (
    <dl class="numbers">
      {numbers.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}
