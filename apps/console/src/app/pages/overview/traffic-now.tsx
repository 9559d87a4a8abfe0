import type { Traffic } from '@dsapi/client'
import { formatNumber, formatShare } from '../../format.ts'
import { Sparkline } from '../../plots/sparkline.tsx'
import { formatBound } from '../traffic/groups.tsx'
import { endedSteps, errorShare, meanRate } from '../traffic/rates.ts'

/** The traffic of the last hour in three numbers, each with a line of how it moved. */
export const TrafficNow = ({ traffic }: { readonly traffic: Traffic }) => {
  const steps = endedSteps(traffic)
  const rows = [
    [
      ...(['requests per second', formatNumber(meanRate(traffic))] as const),
      steps.map(({ requests }) => requests),
    ],
    [...(['errors', formatShare(errorShare(traffic.total))] as const), steps.map(errorShare)],
    [
      ...(['99 % of requests took', formatBound(traffic.total.p99_ms)] as const),
      steps.map(({ p99_ms }) => p99_ms ?? 0),
    ],
  ] as const
  return (
    <dl class="sparklines">
      {rows.map(([name, text, values]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {text} <Sparkline values={values} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
