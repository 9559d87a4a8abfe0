import { pathOf } from './path-of.ts'
import { domainOf, linearScale } from './scale.ts'

const [width, height] = [120, 28]

/** A small line beside a number, which says the number in words already. */
export const Sparkline = ({ values }: { readonly values: readonly number[] }) => {
  const x = linearScale([0, Math.max(1, values.length - 1)], [1, width - 1])
  const y = linearScale([0, Math.max(domainOf(values)[1], 1e-9)], [height - 2, 2])
  const points = values.map((value, index) => [index, value] as const)
  return (
    <svg class="sparkline" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <path class="curve" d={pathOf(points, x.place, y.place)} />
    </svg>
  )
}
