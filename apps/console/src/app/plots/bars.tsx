import { formatNumber } from '../format.ts'

type Bar = { readonly name: string; readonly value: number; readonly detail?: string }

/** Bars to the left and right of zero, as a table whose cells have them. */
export const Bars = ({
  bars,
  label,
}: {
  readonly bars: readonly Bar[]
  readonly label: string
}) => {
  const largest = Math.max(...bars.map(({ value }) => Math.abs(value)), Number.MIN_VALUE)
  return (
    <table class="bars" aria-label={label}>
      <tbody>
        {bars.map(({ name, value, detail }) => {
          const width = (50 * Math.abs(value)) / largest
          return (
            <tr key={name}>
              <th scope="row" title={name}>
                {name}
              </th>
              <td class="bar">
                <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                  <rect
                    class={value < 0 ? 'minus' : 'plus'}
                    x={value < 0 ? 50 - width : 50}
                    width={width}
                    height="10"
                  />
                  <path d="M50 0v10" />
                </svg>
              </td>
              <td class="number" title={detail}>
                {value > 0 ? '+' : ''}
                {formatNumber(value)}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
