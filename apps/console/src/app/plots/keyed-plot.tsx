import type { ComponentChildren, RefObject } from 'preact'
import { useRef } from 'preact/hooks'

type KeyedPlotProps = {
  /** Of the element whose width the plot has. */
  readonly widthRef: RefObject<HTMLDivElement | null>
  readonly width: number
  readonly height: number
  /** The name of the plot, with what its keys do. */
  readonly name: string
  /** What the picture shows, for those who do not see it. */
  readonly label: string
  readonly onKey: (event: KeyboardEvent) => void
  /** Is called with a place in pixels from the upper left corner of the picture. */
  readonly onPlace: (x: number, y: number) => void
  /** The contents of the picture. */
  readonly children: ComponentChildren
  /** What stands below the picture. */
  readonly below: ComponentChildren
}

/** A picture that is walked through by keys, or by clicks. */
export const KeyedPlot = (props: KeyedPlotProps) => {
  const { widthRef, width, height, name, label, onKey, onPlace, children, below } = props
  const svg = useRef<SVGSVGElement>(null)
  const click = (event: MouseEvent) => {
    const box = svg.current?.getBoundingClientRect()
    if (box !== undefined) onPlace(event.clientX - box.left, event.clientY - box.top)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture that keys walk through is no fieldset
    <div
      ref={widthRef}
      class="plot movable"
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys move something in the picture
      tabIndex={0}
      aria-label={name}
      onKeyDown={onKey}
      onClick={click}
    >
      <svg
        ref={svg}
        role="img"
        aria-label={label}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
      >
        {children}
      </svg>
      {below}
    </div>
  )
}
