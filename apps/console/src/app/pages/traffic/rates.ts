import type { Traffic } from '@dsapi/client'
import type { Curve } from '../../plots/curve.ts'

type Counts = Traffic['total']

/** The share of requests that were answered with an error of the server, or of anybody. */
export const errorShare = ({ requests, client_errors, server_errors }: Counts): number =>
  requests === 0 ? 0 : (client_errors + server_errors) / requests

/**
 * The steps that have ended. Counts are written once a minute, so the last step is not whole yet and would look like a
 * fall.
 */
export const endedSteps = ({ steps }: Traffic): Traffic['steps'] => steps.slice(0, -1)

/** Requests per second over all steps that have ended, which may be few in a short window. */
export const meanRate = (traffic: Traffic): number => {
  const ended = endedSteps(traffic)
  const requests = ended.reduce((sum, step) => sum + step.requests, 0)
  return requests / Math.max(1, ended.length * traffic.step_seconds)
}

const curveOf = (name: string, traffic: Traffic, toValue: (counts: Counts) => number): Curve => ({
  name,
  points: endedSteps(traffic).map((step) => [Date.parse(step.at), toValue(step)] as const),
})

/** Requests per second: all, and those that were answered with an error. */
export const rateCurves = (traffic: Traffic): readonly Curve[] => {
  const perSecond = (name: string, countOf: (counts: Counts) => number) =>
    curveOf(name, traffic, (counts) => countOf(counts) / traffic.step_seconds)
  return [
    perSecond('all', ({ requests }) => requests),
    perSecond('5xx', ({ server_errors }) => server_errors),
    perSecond('4xx', ({ client_errors, rate_limited }) => client_errors - rate_limited),
    perSecond('429', ({ rate_limited }) => rate_limited),
  ]
}

/** The durations in milliseconds that half, 95 % and 99 % of the requests did not exceed; none where there were none. */
export const durationCurves = (traffic: Traffic): readonly Curve[] => [
  curveOf('p50', traffic, ({ p50_ms }) => p50_ms ?? Number.NaN),
  curveOf('p95', traffic, ({ p95_ms }) => p95_ms ?? Number.NaN),
  curveOf('p99', traffic, ({ p99_ms }) => p99_ms ?? Number.NaN),
]
