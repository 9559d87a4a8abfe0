import { formatNumber } from '../format.ts'
import { type Domain, type Scale, ticksOf } from './scale.ts'

/** Where a plot's area lies within its picture, in pixels. */
export type Area = {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

type AxesProps = {
  readonly area: Area
  readonly x: Scale
  readonly y: Scale
  readonly xLabel: string
  readonly yLabel: string
  readonly formatY?: (value: number) => string
  /** Where the ticks across are, and their texts, if they are not round numbers. */
  readonly xTicks?: readonly (readonly [place: number, text: string])[]
  readonly grid?: boolean
}

/** Ticks, their numbers, and the names of both axes. */
export const Axes = (props: AxesProps) => {
  const { area, x, y, xLabel, yLabel, formatY = formatNumber, grid = true } = props
  const { left, right, top, bottom } = area
  const {
    xTicks = ticksAcross(x.domain, right - left).map((value) => [value, formatNumber(value)]),
  } = props
  return (
    <g class="axes">
      {ticksOf(y.domain, 6).map((value) => (
        <g key={value} transform={`translate(0 ${y.place(value)})`}>
          {grid && <line class="grid" x1={left} x2={right} />}
          <text x={left - 8} dy="0.32em" text-anchor="end">
            {formatY(value)}
          </text>
        </g>
      ))}
      {xTicks.map(([value, text]) => (
        <g key={value} transform={`translate(${x.place(value)} 0)`}>
          <line class="tick" y1={bottom} y2={bottom + 4} />
          <text y={bottom + 17} text-anchor="middle">
            {text}
          </text>
        </g>
      ))}
      <line class="base" x1={left} x2={right} y1={bottom} y2={bottom} />
      <text class="axis-name" x={right} y={bottom + 34} text-anchor="end">
        {clip(xLabel)}
      </text>
      <text class="axis-name" x={left} y={top - 9}>
        {clip(yLabel)}
      </text>
    </g>
  )
}

const clip = (text: string) => (text.length > 40 ? `${text.slice(0, 39)}…` : text)

/** Ticks some 70 pixels apart, and closer where there would be only one or two. */
const ticksAcross = (domain: Domain, pixels: number) => {
  const most = Math.max(2, Math.floor(pixels / 70))
  const ticks = ticksOf(domain, most)
  return ticks.length < 3 ? ticksOf(domain, 2 * most) : ticks
}
