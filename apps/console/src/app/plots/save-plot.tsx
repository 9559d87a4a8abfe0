import { csvOf } from '../csv.ts'
import { saveText } from '../save-text.ts'

/** What of the style of an element is written into a file, which comes without the styles of the page. */
const written = [
  ...['fill', 'stroke', 'stroke-width', 'stroke-dasharray'],
  ...['font-size', 'font-family', 'font-weight', 'text-anchor'],
]

/** A picture as a file, as it looks now. */
const svgOf = (svg: Element): string => {
  const copy = svg.cloneNode(true)
  if (!(copy instanceof Element)) return ''
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  const copies = copy.querySelectorAll('*')
  for (const [index, element] of svg.querySelectorAll('*').entries()) {
    const style = getComputedStyle(element)
    // As attributes: the policy of the page forbids styles within elements.
    for (const name of written) copies[index]?.setAttribute(name, style.getPropertyValue(name))
  }
  return new XMLSerializer().serializeToString(copy)
}

type SavePlotProps = {
  /** The numbers of the picture, with a head. */
  readonly table?: readonly (readonly (string | number)[])[]
}

/** Saves the picture of the panel that this is in, and its numbers. */
export const SavePlot = ({ table }: SavePlotProps) => (
  <div class="actions">
    <button
      type="button"
      class="quiet"
      onClick={({ currentTarget }) => {
        const svg = currentTarget.closest('.panel')?.querySelector('.plot > svg')
        if (svg) saveText(svgOf(svg), 'plot.svg', 'image/svg+xml')
      }}
    >
      Save SVG
    </button>
    {table && (
      <button
        type="button"
        class="quiet"
        onClick={() => saveText(csvOf(table), 'plot.csv', 'text/csv')}
      >
        Save CSV
      </button>
    )}
  </div>
)
