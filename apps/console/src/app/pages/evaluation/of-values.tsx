import type { Evaluation } from '@dsapi/client'
import { formatNumber } from '../../format.ts'
import type { Curve } from '../../plots/curve.ts'
import { Curves, PointTable } from '../../plots/curves.tsx'
import { type Domain, domainOf } from '../../plots/scale.ts'
import { Panel } from '../../ui/page.tsx'

type OfValues = Extract<Evaluation, { type: 'values' }>

/** The means of answers and of true values, in groups of rows with similar answers. */
export const groupCurve = (name: string, { groups }: Pick<OfValues, 'groups'>): Curve => ({
  name,
  points: groups.map((group) => [group.mean_answer, group.mean_value]),
})

/** The domain of both axes, so that right answers are on the diagonal. */
export const domainOfBoth = (curves: readonly Curve[]): Domain =>
  domainOf(curves.flatMap(({ points }) => points.flat()))

/** How far the answers are from the true values. */
export const OfValues = ({ evaluation }: { readonly evaluation: OfValues }) => {
  const means = groupCurve('Mean of the true values', evaluation)
  const { groups, residuals } = evaluation
  const bars = barsOf(residuals)
  const [low, high] = domainOf(bars.points.map(([residual]) => residual))
  const spread = (['low', 'high'] as const).map((end) => ({
    name: end === 'low' ? 'a tenth is below' : 'a tenth is above',
    points: groups.map((group) => [group.mean_answer, group[end]] as const),
  }))
  const domain = domainOfBoth([means])
  const answer = { name: 'Answer', domain }
  return (
    <div class="columns">
      <Panel title="Answers and true values">
        <Curves
          {...{ curves: [means], x: answer, diagonal: true }}
          y={{ name: means.name, domain }}
          label={`The means of the true values over those of the answers, in ${groups.length} groups of rows.`}
        />
        <PointTable curves={[means]} x={answer} />
      </Panel>
      <Panel title="Residuals by answer">
        <Curves
          {...{ curves: spread, x: answer }}
          y={{ name: 'True value less answer', domain: domainOfEnds(spread) }}
          label="Where the residuals are that are between the smallest and the largest tenth, over the answers."
        />
        <PointTable curves={spread} x={answer} />
      </Panel>
      <Panel title="Residuals">
        <Curves
          curves={[bars]}
          x={{ name: 'True value less answer', domain: [low, high] }}
          y={{ name: 'Rows', domain: [0, Math.max(...residuals.map(({ rows }) => rows))] }}
          label={`Most residuals are between ${formatNumber(low)} and ${formatNumber(high)}.`}
        />
        <PointTable curves={[bars]} x={{ name: 'True value less answer' }} />
      </Panel>
    </div>
  )
}

/** The outline of bars. The outer ones, which have one bound, are drawn as wide as the others. */
const barsOf = (residuals: OfValues['residuals']): Curve => {
  const edges = residuals.flatMap(({ lower, upper }) => [lower ?? [], upper ?? []].flat())
  const [first, last] = domainOf(edges)
  const width = (last - first) / Math.max(1, residuals.length - 2)
  return {
    name: 'Rows',
    points: residuals.flatMap(({ lower = first - width, upper = last + width, rows }) => [
      [lower, rows] as const,
      [upper, rows] as const,
    ]),
  }
}

const domainOfEnds = (curves: readonly Curve[]): Domain =>
  domainOf(curves.flatMap(({ points }) => points.map(([, value]) => value)))
