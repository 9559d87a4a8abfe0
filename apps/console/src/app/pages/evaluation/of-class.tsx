import type { ClassEvaluation } from '@dsapi/client'
import { useSignal } from '@preact/signals'
import { formatCount, formatNumber, formatShare } from '../../format.ts'
import { Curves, PointTable } from '../../plots/curves.tsx'
import { domainOf } from '../../plots/scale.ts'
import { setQuery } from '../../router/location.ts'
import { Panel } from '../../ui/page.tsx'
import {
  type Counts,
  calibrationCurve,
  countsAt,
  precisionCurve,
  precisionOf,
  recallOf,
  rocCurve,
  specificityOf,
  stepCurve,
} from './curves.ts'

type OfClassProps = {
  readonly one: ClassEvaluation
  /** The number of rows of all classes. */
  readonly all: number
  /** In per cent. */
  readonly startAt: number
}

const unit = [0, 1] as const
/** A bin of the calibration with fewer rows says little. */
const fewRows = 10

/** How well one class is distinguished from all others: one slider moves the threshold in all pictures. */
export const OfClass = ({ one, all, startAt }: OfClassProps) => {
  const percent = useSignal(startAt)
  const threshold = percent.value / 100
  const counts = countsAt(one, all, threshold)
  const name = String(one.class)
  const [roc, precision] = [rocCurve(name, one, all), precisionCurve(name, one, all)]
  const calibration = calibrationCurve(name, one)
  const rows = {
    name: 'Rows',
    points: one.calibration.map((bin) => [bin.mean_probability, bin.rows] as const),
  }
  const few = one.calibration.filter((bin) => bin.rows < fewRows).length
  const { positives, negatives } = one.histogram
  const bars = [stepCurve(name, positives), stepCurve('all others', negatives)]
  const probability = `Probability of ${name}`
  return (
    <>
      <Panel title="Threshold">
        <label class="field">
          <span>
            {name} is answered from a probability of {threshold} on
          </span>
          <input
            type="range"
            class="threshold"
            max={100}
            value={percent.value}
            onInput={({ currentTarget }) => {
              percent.value = currentTarget.valueAsNumber
            }}
            onChange={() => setQuery({ t: String(threshold) })}
          />
        </label>
        {counts && <AtThreshold counts={counts} name={name} />}
      </Panel>
      <div class="columns">
        <Panel title="ROC">
          <Curves
            {...{ curves: [roc], diagonal: true }}
            x={{ name: 'Share of the others, taken for it', domain: unit }}
            y={{ name: 'Share that is found', domain: unit }}
            label={`The area under the curve is ${formatNumber(one.roc_auc ?? Number.NaN)}.${counts ? ` At the threshold ${threshold}, ${formatShare(recallOf(counts))} are found, with ${formatShare(1 - specificityOf(counts))} of the others.` : ''}`}
            {...(counts && { point: [1 - specificityOf(counts), recallOf(counts)] as const })}
          />
          <PointTable curves={[roc]} x={{ name: 'Share of the others' }} />
        </Panel>
        <Panel title="Precision and recall">
          <Curves
            curves={[precision]}
            x={{ name: 'Recall', domain: unit }}
            y={{ name: 'Precision', domain: unit }}
            label={`The area under the curve is ${formatNumber(one.pr_auc ?? Number.NaN)}.`}
            {...(counts && { point: [recallOf(counts), precisionOf(counts)] as const })}
          />
          <PointTable curves={[precision]} x={{ name: 'Recall' }} />
        </Panel>
        <Panel title="Calibration">
          <Curves
            {...{ curves: [calibration], diagonal: true }}
            x={{ name: probability, domain: unit, value: threshold }}
            y={{ name: 'Share that is true', domain: unit }}
            label={`How often ${name} is true, over its probability, in ${calibration.points.length} groups.`}
          />
          {few > 0 && (
            <p class="soft">
              {few} of {calibration.points.length} points have fewer than {fewRows} rows.
            </p>
          )}
          <PointTable curves={[calibration, rows]} x={{ name: 'Probability' }} />
        </Panel>
        <Panel title="Probabilities">
          <Curves
            curves={bars}
            x={{ name: probability, domain: unit, value: threshold }}
            y={{
              name: 'Share of rows',
              domain: [0, domainOf(bars.flatMap(({ points }) => points.map(([, y]) => y)))[1]],
            }}
            label={`The probabilities of rows of ${name}, and of all others.`}
          />
          <PointTable curves={bars} x={{ name: 'Probability' }} />
        </Panel>
      </div>
    </>
  )
}

const AtThreshold = ({ counts, name }: { readonly counts: Counts; readonly name: string }) => {
  const shares = [
    ['precision', precisionOf(counts)],
    ['recall', recallOf(counts)],
    ['specificity', specificityOf(counts)],
  ] as const
  return (
    <>
      <dl class="numbers">
        {shares.map(([term, share]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{Number.isNaN(share) ? '–' : formatShare(share)}</dd>
          </div>
        ))}
      </dl>
      <Confusion
        label="Answers at the threshold"
        names={[name, 'all others']}
        counts={[
          [counts.truePositives, counts.falseNegatives],
          [counts.falsePositives, counts.trueNegatives],
        ]}
      />
    </>
  )
}

type ConfusionProps = {
  readonly label: string
  readonly names: readonly string[]
  /** For each true class how often which one was answered. */
  readonly counts: readonly (readonly number[])[]
}

/** How often each class was taken for each. */
export const Confusion = ({ label, names, counts }: ConfusionProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
  <section class="scroll" aria-label={label} tabIndex={0}>
    <table>
      <thead>
        <tr>
          <th>True class</th>
          {names.map((name) => (
            <th key={name} class="number">
              As {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {counts.map((row, i) => (
          <tr key={names[i]}>
            <th scope="row">{names[i]}</th>
            {row.map((count, j) => (
              <td key={names[j]} class={i === j ? 'number right-answer' : 'number'}>
                {formatCount(count)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)
