import { formatNumber } from '../format.ts'
import { Axes } from './axes.tsx'
import { cssColour } from './class-colours.ts'
import type { Curve } from './curve.ts'
import { pathOf } from './path-of.ts'
import { SavePlot } from './save-plot.tsx'
import { type Domain, linearScale } from './scale.ts'
import { useWidth } from './use-width.ts'

type CurvesProps = {
  readonly curves: readonly Curve[]
  readonly x: { readonly name: string; readonly domain: Domain; readonly value?: number }
  readonly y: { readonly name: string; readonly domain: Domain }
  readonly label: string
  readonly height?: number
  /** Whether a line from corner to corner shows where both values are the same. */
  readonly diagonal?: boolean
  /** A point that is marked. */
  readonly point?: readonly [number, number]
}

export const dashes = ['', '6 4', '2 3', '8 3 2 3']

/** One line for each curve. They differ by colour and by dashes, and the legend names them. */
export const Curves = ({ curves, x, y, label, height = 320, diagonal, point }: CurvesProps) => {
  const { ref, width } = useWidth(560)
  const area = { left: 56, right: width.value - 12, top: 24, bottom: height - 44 }
  const xScale = linearScale(x.domain, [area.left, area.right])
  const yScale = linearScale(y.domain, [area.bottom, area.top])
  return (
    <div ref={ref} class="plot">
      <svg
        role="img"
        aria-label={label}
        width={width.value}
        height={height}
        viewBox={`0 0 ${width.value} ${height}`}
      >
        <Axes area={area} x={xScale} y={yScale} xLabel={x.name} yLabel={y.name} />
        {x.value !== undefined && (
          <line
            class="marker"
            x1={xScale.place(x.value)}
            x2={xScale.place(x.value)}
            y1={area.top}
            y2={area.bottom}
          />
        )}
        {diagonal && (
          <line class="grid-line" x1={area.left} x2={area.right} y1={area.bottom} y2={area.top} />
        )}
        {curves.map((curve, index) => (
          <path
            key={curve.name}
            class="curve"
            stroke={cssColour(index)}
            stroke-dasharray={dashes[index % dashes.length]}
            d={pathOf(curve.points, xScale.place, yScale.place)}
          />
        ))}
        {point && (
          <circle class="point" cx={xScale.place(point[0])} cy={yScale.place(point[1])} r="5" />
        )}
      </svg>
      <Legend names={curves.map(({ name }) => name)} />
    </div>
  )
}

type LegendProps = { readonly names: readonly string[]; readonly isFilled?: boolean }

/** Which colour and which dashes, or which area, is which. */
export const Legend = ({ names, isFilled = false }: LegendProps) =>
  names.length < 2 ? null : (
    <ul class="legend">
      {names.map((name, index) => (
        <li key={name}>
          <svg viewBox="0 0 24 10" aria-hidden="true">
            {isFilled ? (
              <rect width="24" height="10" rx="2" fill={cssColour(index)} />
            ) : (
              <path
                d="M1 5h22"
                class="curve"
                stroke={cssColour(index)}
                stroke-dasharray={dashes[index % dashes.length]}
              />
            )}
          </svg>
          {name}
        </li>
      ))}
    </ul>
  )

type PointTableProps = Pick<CurvesProps, 'curves'> & {
  readonly x: { readonly name: string }
  readonly formatX?: (value: number) => string
}

/** What is below a picture: it can be saved, and there is a table of its points for those who do not see it. */
export const PointTable = ({ curves, x, formatX = formatNumber }: PointTableProps) => {
  const rows = (curves[0]?.points ?? []).map(
    ([value], row) =>
      [value, ...curves.map(({ points }) => points[row]?.[1] ?? Number.NaN)] as const,
  )
  return (
    <>
      <SavePlot table={[[x.name, ...curves.map(({ name }) => name)], ...rows]} />
      <details class="as-table">
        <summary>As a table</summary>
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th class="number">{x.name}</th>
                {curves.map(({ name }) => (
                  <th key={name} class="number">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([value, ...others], row) => (
                <tr key={row}>
                  <td class="number">{formatX(value)}</td>
                  {others.map((other, index) => (
                    <td key={curves[index]?.name} class="number">
                      {formatNumber(other)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  )
}
