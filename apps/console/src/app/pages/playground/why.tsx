import type { LogisticRegressionModel } from '@dsapi/model'
import { formatNumber } from '../../format.ts'
import { Bars } from '../../plots/bars.tsx'

type WhyProps = {
  readonly model: LogisticRegressionModel
  readonly names: readonly string[]
  readonly row: readonly number[]
  /** The place of the class that is answered. */
  readonly chosen: number
}

const mostBars = 12

/** The parts of the score: the intercept and each coefficient times its value. Their sum is exact, not estimated. */
export const Why = ({ model, names, row, chosen }: WhyProps) => {
  const isBinary = model.classes.length === 2
  const index = isBinary ? 0 : chosen
  const coef = model.coef[index] ?? []
  const parts = coef.map((weight, feature) => ({
    name: names[feature] ?? '',
    value: weight * (row[feature] ?? 0),
    detail: `${weight} × ${row[feature]}`,
  }))
  const largest = parts.sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, mostBars)
  const rest = parts.slice(mostBars).reduce((sum, { value }) => sum + value, 0)
  const intercept = model.intercept[index] ?? 0
  const sum = parts.reduce((total, { value }) => total + value, intercept)
  const toward = isBinary ? model.classes[1] : model.classes[chosen]
  return (
    <>
      <p class="soft">
        The score of class <strong class="name">{String(toward)}</strong> is {formatNumber(sum)},
        the sum of:
      </p>
      <Bars
        label="Parts of the score"
        bars={[
          { name: 'intercept', value: intercept },
          ...largest,
          ...(parts.length > mostBars ? [{ name: 'other features', value: rest }] : []),
        ]}
      />
    </>
  )
}
