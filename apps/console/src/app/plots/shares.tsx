import { formatShare } from '../format.ts'
import { barWidths, type ShareRow } from './share-rows.ts'

type SharesProps = {
  /** What the rows are shares of. */
  readonly title: string
  readonly rows: readonly ShareRow[]
}

const [height, gap] = [16, 6]

/** A table of shares in the training data and in recent predictions, with a bar for each. */
export const Shares = ({ title, rows }: SharesProps) => {
  const widths = barWidths(rows)
  return (
    <table class="shares">
      <caption class="unseen">
        {title}: shares in the training data and in recent predictions
      </caption>
      <thead>
        <tr>
          <th>{title}</th>
          <th class="number">Trained</th>
          <th class="number">Recent</th>
          <td class="bars" />
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, expected, actual }, row) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td class="number">{formatShare(expected)}</td>
            <td class="number">{formatShare(actual)}</td>
            <td class="bars">
              <svg viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" aria-hidden="true">
                <rect class="trained" width={widths[row]?.[0]} height={gap} y="1" />
                <rect class="recent" width={widths[row]?.[1]} height={gap} y={gap + 2} />
              </svg>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
