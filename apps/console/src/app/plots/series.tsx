import { formatNumber, formatTick, formatTime } from '../format.ts'
import { zone } from '../state/settings.ts'
import { Axes } from './axes.tsx'
import { cssColour } from './class-colours.ts'
import type { Curve } from './curve.ts'
import { dashes, Legend, PointTable } from './curves.tsx'
import { KeyedPlot } from './keyed-plot.tsx'
import { pathOf } from './path-of.ts'
import { type Domain, domainOf, linearScale, timeTicksOf } from './scale.ts'
import { useWidth } from './use-width.ts'
import { markAfter, nearestIndex } from './walk.ts'

type SeriesProps = {
  /** Over time in milliseconds since 1970, all at the same times. */
  readonly curves: readonly Curve[]
  readonly yName: string
  /** What the picture shows, for those who do not see it. */
  readonly label: string
  /** The time that is marked, if one is. */
  readonly mark: number | undefined
  readonly onMark: (time: number | undefined) => void
}

const height = 240

/** Lines over time. A click or the arrow keys mark a time, and its values are read out. */
export const Series = ({ curves, yName, label, mark, onMark }: SeriesProps) => {
  const { ref, width } = useWidth(560)
  const times = (curves[0]?.points ?? []).map(([time]) => time)
  const domain: Domain = [times[0] ?? 0, times.at(-1) ?? 1]
  const area = { left: 56, right: width.value - 12, top: 24, bottom: height - 44 }
  const x = linearScale(domain, [area.left, area.right])
  const y = linearScale([0, largestOf(curves)], [area.bottom, area.top])
  const index = mark === undefined ? undefined : nearestIndex(times, mark)
  const marked = index === undefined ? undefined : times[index]
  const format = (time: number) => formatTime(new Date(time), zone.value)
  const markAt = (pixels: number) => {
    const at = nearestIndex(times, x.valueAt(pixels))
    if (at !== undefined) onMark(times[at])
  }
  const step = (event: KeyboardEvent) => {
    const next = markAfter(event.key, index, times.length)
    if (next === 'other') return
    event.preventDefault()
    onMark(next === undefined ? undefined : times[next])
  }
  const offsetMs = zone.value === 'utc' ? 0 : -new Date(domain[1]).getTimezoneOffset() * 60_000
  const ticks = timeTicksOf(domain, Math.max(2, Math.floor(width.value / 90)), offsetMs)
  return (
    <>
      <KeyedPlot
        {...{ widthRef: ref, width: width.value, height, label }}
        name={`${yName} over time. The arrow keys mark a time.`}
        onKey={step}
        onPlace={markAt}
        below={
          <>
            <Legend names={curves.map(({ name }) => name)} />
            <p class="soft" role="status">
              {index === undefined || marked === undefined
                ? 'No time is marked.'
                : `${format(marked)}: ${curves
                    .map(({ name, points }) => `${name} ${valueText(points[index]?.[1])}`)
                    .join(', ')}`}
            </p>
          </>
        }
      >
        <Axes
          {...{ area, x, y, yLabel: yName }}
          xLabel={zone.value === 'utc' ? 'Time (UTC)' : 'Time'}
          xTicks={ticks.map((time) => [time, formatTick(time, zone.value, domain[1] - domain[0])])}
        />
        {marked !== undefined && (
          <line
            class="marker"
            x1={x.place(marked)}
            x2={x.place(marked)}
            y1={area.top}
            y2={area.bottom}
          />
        )}
        {curves.map((curve, at) => (
          <path
            key={curve.name}
            class="curve"
            stroke={cssColour(at)}
            stroke-dasharray={dashes[at % dashes.length]}
            d={pathOf(curve.points, x.place, y.place)}
          />
        ))}
      </KeyedPlot>
      <PointTable curves={curves} x={{ name: 'Time' }} formatX={format} />
    </>
  )
}

const valueText = (value = Number.NaN) => (Number.isFinite(value) ? formatNumber(value) : 'none')

const largestOf = (curves: readonly Curve[]): number =>
  domainOf(curves.flatMap(({ points }) => points.map(([, value]) => value)))[1]
