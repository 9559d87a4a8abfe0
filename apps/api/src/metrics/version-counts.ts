import { countOf, emptyHistogram, type Histogram, histogramValues, observeIn } from './histogram.ts'
import type { MetricSnapshot } from './snapshot.ts'

/** A version of a model, as metrics name it. */
export type CountedVersion = { readonly name: string; readonly tag: string }

/** What a version was asked for: an answer to a client, or one for comparison only. */
export type AskedFor = 'request' | 'copy'

/** What the versions of the models did in this process. */
export type VersionCounts = {
  readonly answered: (version: CountedVersion, askedFor: AskedFor, seconds: number) => void
  readonly failed: (version: CountedVersion, askedFor: AskedFor) => void
  /** @param difference the largest one between the numbers of two answers to a row */
  readonly compared: (version: CountedVersion, agrees: boolean, difference: number) => void
  /** A copy of a request was not answered, because too much was to be done. */
  readonly dropped: (version: CountedVersion) => void
  readonly snapshots: () => readonly MetricSnapshot[]
}

type Series = {
  readonly model: string
  readonly version: string
  readonly seconds: Readonly<Record<AskedFor, Histogram>>
  readonly failed: Record<AskedFor, number>
  readonly agreed: { same: number; other: number }
  readonly differences: Histogram
  dropped: number
}

const secondsBounds = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5, 30,
]
const differenceBounds = [0, 1e-9, 1e-6, 1e-4, 0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1]

/** Versions are made without end, and Prometheus keeps a series for each: the ones after these are counted together. */
const mostVersions = 100
const beyond: CountedVersion = { name: 'other', tag: 'other' }

const requests = {
  name: 'dsapi_model_requests_total',
  help: 'What was asked of each version of a model, answered or failed. Copies are answered for comparison only.',
  type: 'counter',
} as const
const duration = {
  name: 'dsapi_model_request_duration_seconds',
  help: 'Seconds that a version of a model took for the answer to a request, or to the copy of one.',
  type: 'histogram',
} as const
const compared = {
  name: 'dsapi_model_compared_rows_total',
  help: 'Rows that the served version and a canary or shadow have both answered: alike, or with another class or a value that differs by more than 1 %.',
  type: 'counter',
} as const
const difference = {
  name: 'dsapi_model_difference',
  help: 'The largest difference between the probabilities, or the relative one between the values, of both answers to a compared row.',
  type: 'histogram',
} as const
const dropped = {
  name: 'dsapi_model_copies_dropped_total',
  help: 'Copies of requests that a version did not answer, because the process was busy or the request was large.',
  type: 'counter',
} as const

/** These metrics, with their labels. */
export const versionMetrics = [
  { ...requests, labelNames: ['model', 'version', 'kind', 'outcome'] },
  { ...duration, labelNames: ['model', 'version', 'kind'] },
  { ...compared, labelNames: ['model', 'version', 'outcome'] },
  { ...difference, labelNames: ['model', 'version'] },
  { ...dropped, labelNames: ['model', 'version'] },
]

const emptySeries = ({ name, tag }: CountedVersion): Series => ({
  model: name,
  version: tag,
  seconds: { request: emptyHistogram(secondsBounds), copy: emptyHistogram(secondsBounds) },
  failed: { request: 0, copy: 0 },
  agreed: { same: 0, other: 0 },
  differences: emptyHistogram(differenceBounds),
  dropped: 0,
})

/** Counts in arrays of its own, as `createRequestCounts` does, because every prediction is counted. */
export const createVersionCounts = (): VersionCounts => {
  const all = new Map<string, Series>()
  let last: Series | undefined

  const find = (version: CountedVersion): Series => {
    const key = `${version.name}/${version.tag}`
    const known = all.get(key)
    if (known !== undefined) return known
    if (all.size >= mostVersions && version !== beyond) return find(beyond)
    const series = emptySeries(version)
    all.set(key, series)
    return series
  }
  const seriesOf = (version: CountedVersion) => {
    // Most answers are of the same version as the one before.
    if (last?.version !== version.tag || last.model !== version.name) last = find(version)
    return last
  }

  return {
    answered: (version, askedFor, seconds) =>
      observeIn(seriesOf(version).seconds[askedFor], secondsBounds, seconds),
    failed: (version, askedFor) => {
      seriesOf(version).failed[askedFor]++
    },
    compared: (version, agrees, size) => {
      const { agreed, differences } = seriesOf(version)
      agreed[agrees ? 'same' : 'other']++
      observeIn(differences, differenceBounds, size)
    },
    dropped: (version) => {
      seriesOf(version).dropped++
    },
    snapshots: () => snapshotsOf([...all.values()]),
  }
}

const snapshotsOf = (all: readonly Series[]): readonly MetricSnapshot[] => {
  const labelsOf = ({ model, version }: Series) => ({ model, version })
  const kinds = ['request', 'copy'] as const
  const comparedOnes = all.filter(({ differences }) => countOf(differences) > 0)
  return [
    {
      ...requests,
      aggregator: 'sum',
      values: all.flatMap((one) =>
        kinds.flatMap((kind) => {
          const [answered, failed] = [countOf(one.seconds[kind]), one.failed[kind]]
          if (answered + failed === 0) return []
          const labels = { ...labelsOf(one), kind }
          return [
            { labels: { ...labels, outcome: 'answered' }, value: answered },
            { labels: { ...labels, outcome: 'failed' }, value: failed },
          ]
        }),
      ),
    },
    {
      ...duration,
      aggregator: 'sum',
      values: all.flatMap((one) =>
        kinds
          .filter((kind) => countOf(one.seconds[kind]) > 0)
          .flatMap((kind) =>
            histogramValues(
              duration.name,
              secondsBounds,
              { ...labelsOf(one), kind },
              one.seconds[kind],
            ),
          ),
      ),
    },
    {
      ...compared,
      aggregator: 'sum',
      values: comparedOnes.flatMap((one) =>
        (['same', 'other'] as const).map((outcome) => ({
          labels: { ...labelsOf(one), outcome },
          value: one.agreed[outcome],
        })),
      ),
    },
    {
      ...difference,
      aggregator: 'sum',
      values: comparedOnes.flatMap((one) =>
        histogramValues(difference.name, differenceBounds, labelsOf(one), one.differences),
      ),
    },
    {
      ...dropped,
      aggregator: 'sum',
      values: all
        .filter((one) => one.dropped > 0)
        .map((one) => ({ labels: labelsOf(one), value: one.dropped })),
    },
  ]
}
