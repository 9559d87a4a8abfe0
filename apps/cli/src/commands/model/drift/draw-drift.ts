import type { StabilityBin } from '@dsapi/model'
import type { Drift, FeatureDrift } from '@dsapi/registry'
import { bar, percent } from '../../../terminal/bar.ts'
import { table } from '../../../terminal/output.ts'

const barWidth = 16

type Shares = { readonly label: string; readonly expected: number; readonly actual: number }
type Drawing = { readonly title: string; readonly rows: readonly Shares[] }

/** Draws expected and actual shares side by side. The largest share of a drawing has the longest bar, and all drawings have the same columns. */
const drawShares = (drawings: readonly Drawing[]) => {
  const labels = drawings.flatMap(({ title, rows }) => [title, ...rows.map(({ label }) => label)])
  const labelWidth = Math.max(...labels.map((label) => label.length))
  return drawings.map(({ title, rows }) => {
    const largest = Math.max(...rows.flatMap(({ expected, actual }) => [expected, actual]))
    const share = (value: number) => [
      percent(value).padStart(7),
      bar(value / largest, barWidth).padEnd(barWidth),
    ]
    return table(
      [title.padEnd(labelWidth), 'TRAINED', '', ' RECENT', ''],
      rows.map(({ label, expected, actual }) => [label, ...share(expected), ...share(actual)]),
    )
  })
}

const finest = 17

/** Formats the bounds with as few digits as distinguish them. */
const numberFormat = (bins: readonly StabilityBin[]) => {
  const bounds = [...new Set(bins.flatMap(({ lower, upper }) => [lower, upper]))]
  const at = (digits: number) => (value: number) => String(Number(value.toPrecision(digits)))
  let digits = 3
  while (digits < finest && new Set(bounds.map(at(digits))).size < bounds.length) digits++
  return at(digits)
}

const drawingOf = ({ feature, bins, texts = [], missing }: FeatureDrift): Drawing => {
  const others = [
    ...texts.map(({ text = '(other texts)', ...shares }) => ({
      label: shortened(text),
      ...shares,
    })),
    ...(missing ? [{ label: '(missing)', ...missing }] : []),
  ]
  const rows = others.map(({ label, expectedShare, actualShare }) => ({
    ...{ label, expected: expectedShare, actual: actualShare },
  }))
  return { title: feature, rows: [...rowsOf(bins), ...rows] }
}

const longestText = 40

const shortened = (text: string) =>
  text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text

const rowsOf = (bins: readonly StabilityBin[]): readonly Shares[] => {
  const number = numberFormat(bins)
  const isAlone = (value: number) =>
    bins.some(({ lower, upper }) => lower === value && upper === value)
  const labelOf = ({ lower, upper }: StabilityBin) => {
    if (lower === upper) return `exactly ${number(lower)}`
    if (lower === Number.NEGATIVE_INFINITY) {
      return `${isAlone(upper) ? 'below' : 'up to'} ${number(upper)}`
    }
    if (upper === Number.POSITIVE_INFINITY) return `above ${number(lower)}`
    return `${number(lower)} to ${number(upper)}`
  }
  return bins.map((bin) => ({
    label: labelOf(bin),
    expected: bin.expectedShare,
    actual: bin.actualShare,
  }))
}

const drawSummary = (features: readonly FeatureDrift[]) =>
  table(
    ['FEATURE', 'PSI', 'BY CHANCE', 'VERDICT'],
    features.map(({ feature, psi, criticalValue, verdict }) => [
      ...[feature, psi.toFixed(3), `< ${criticalValue.toFixed(3)}`, verdict],
    ]),
  )

/** Draws a comparison for a terminal, with the features that have moved most first. */
export const drawDrift = ({ features, answers, values = [] }: Drift): string => {
  const byPsi = features.toSorted((a, b) => b.psi - a.psi)
  const classes = answers.map((answer) => ({
    label: String(answer.class),
    expected: answer.expectedShare,
    actual: answer.actualShare,
  }))
  const drawings = [
    ...byPsi.map(drawingOf),
    { title: 'CLASS', rows: classes },
    { title: 'VALUE', rows: rowsOf(values) },
  ].filter(({ rows }) => rows.length > 0)
  return [drawSummary(byPsi), ...drawShares(drawings)].join('\n\n')
}
