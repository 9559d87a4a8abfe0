import { formatNumber } from '../format.ts'
import { Axes } from './axes.tsx'
import { contourOf } from './contours.ts'
import { KeyedPlot } from './keyed-plot.tsx'
import { type Domain, linearScale } from './scale.ts'
import { useWidth } from './use-width.ts'

export type Grid = {
  readonly width: number
  readonly height: number
  /** A colour for each cell, row by row from the top, as red, green and blue up to 255. */
  readonly colours: readonly (readonly [number, number, number])[]
  /** Values whose zero is a border that is drawn. */
  readonly borders: readonly ArrayLike<number>[]
}

type SurfaceProps = {
  readonly grid: Grid
  readonly x: { readonly name: string; readonly domain: Domain; readonly value: number }
  readonly y: { readonly name: string; readonly domain: Domain; readonly value: number }
  readonly label: string
  readonly onMove: (x: number, y: number) => void
}

/** The grid as a picture, whose pixels are centred on the points that were computed. */
const pictureOf = ({ width, height, colours }: Grid): string => {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (context === null) return ''
  const pixels = context.createImageData(width, height)
  for (const [cell, colour] of colours.entries()) pixels.data.set([...colour, 255], 4 * cell)
  context.putImageData(pixels, 0, 0)
  return canvas.toDataURL()
}

/** What a model answers over two features. The point is moved by a click, or by the arrow keys. */
export const Surface = ({ grid, x, y, label, onMove }: SurfaceProps) => {
  const { ref, width } = useWidth(560)
  const height = Math.round(Math.min(420, Math.max(260, width.value * 0.72)))
  const area = { left: 56, right: width.value - 12, top: 24, bottom: height - 44 }
  const xScale = linearScale(x.domain, [area.left, area.right])
  const yScale = linearScale(y.domain, [area.bottom, area.top])
  // The first and the last column lie on the edges: the picture is half a cell larger on each side, and cut off.
  const cellWidth = (area.right - area.left) / (grid.width - 1)
  const cellHeight = (area.bottom - area.top) / (grid.height - 1)
  const moveTo = (atX: number, atY: number) => {
    if (atX < area.left || atX > area.right || atY < area.top || atY > area.bottom) return
    onMove(rounded(xScale.valueAt(atX), x.domain), rounded(yScale.valueAt(atY), y.domain))
  }
  const step = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, readonly [number, number]>> = {
      ...{ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] },
    }
    const by = steps[event.key]
    if (by === undefined) return
    event.preventDefault()
    const stepOf = ([low, high]: Domain) => (high - low) / 50
    onMove(
      rounded(x.value + by[0] * stepOf(x.domain), x.domain),
      rounded(y.value + by[1] * stepOf(y.domain), y.domain),
    )
  }
  const place = ([x1, y1, x2, y2]: readonly [number, number, number, number]) =>
    `M${area.left + x1 * cellWidth} ${area.top + y1 * cellHeight}L${area.left + x2 * cellWidth} ${area.top + y2 * cellHeight}`
  return (
    <KeyedPlot
      {...{ widthRef: ref, width: width.value, height, label }}
      name="Picture of the answers. The arrow keys move the point."
      onKey={step}
      onPlace={moveTo}
      below={
        <div class="unseen" role="status">
          {x.name} {formatNumber(x.value)}, {y.name} {formatNumber(y.value)}
        </div>
      }
    >
      <clipPath id="surface-area">
        <rect
          {...{ x: area.left, y: area.top }}
          {...{ width: area.right - area.left, height: area.bottom - area.top }}
        />
      </clipPath>
      <g clip-path="url(#surface-area)">
        <image
          href={pictureOf(grid)}
          x={area.left - cellWidth / 2}
          y={area.top - cellHeight / 2}
          width={cellWidth * grid.width}
          height={cellHeight * grid.height}
          preserveAspectRatio="none"
        />
        <path
          class="border"
          d={grid.borders
            .flatMap((values) => contourOf(values, grid.width, grid.height, 0))
            .map(place)
            .join('')}
        />
        <circle class="point" cx={xScale.place(x.value)} cy={yScale.place(y.value)} r="6" />
      </g>
      <Axes area={area} x={xScale} y={yScale} xLabel={x.name} yLabel={y.name} grid={false} />
    </KeyedPlot>
  )
}

/** A value with as many digits as a person would type. */
const rounded = (value: number, [low, high]: Domain): number => {
  const digits = Math.max(0, 3 - Math.ceil(Math.log10(high - low)))
  return Number(Math.min(high, Math.max(low, value)).toFixed(Math.min(12, digits)))
}
