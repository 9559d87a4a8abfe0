import type { Evaluation } from '@dsapi/client'
import { formatNumber } from '../format.ts'
import { Curves } from '../plots/curves.tsx'
import { SavePlot } from '../plots/save-plot.tsx'
import { href, location, setQuery } from '../router/location.ts'
import type { PageProps } from '../router/page-entry.ts'
import { Command } from '../ui/command.tsx'
import { Choice, chosenOf } from '../ui/field.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page, Panel } from '../ui/page.tsx'
import { Table } from '../ui/table.tsx'
import { calibrationCurve, rocCurve } from './evaluation/curves.ts'
import { NotEvaluated } from './evaluation/not-evaluated.tsx'
import { domainOfBoth, groupCurve } from './evaluation/of-values.tsx'
import { originOf, scoresOf, scoreText } from './evaluation/scores.ts'
import { useEvaluations, useModel, versionChoices } from './evaluation/use-evaluations.ts'

/** Two versions of a model, side by side. */
export const Compare = ({ parameters: { name = '' } }: PageProps) => {
  const { query } = location.value
  const model = useModel(name)
  const versions = versionChoices(model.data)
  const served = model.data?.version.toString()
  const a = chosenOf(versions, query.get('a')) ?? served
  const others = versions.map(([version]) => version).filter((version) => version !== a)
  const b = chosenOf(versions, query.get('b')) ?? others[0] ?? a
  const [first, second] = [useEvaluations(name, a), useEvaluations(name, b)]
  const chosen = { a, b } as const
  return (
    <Page title="Compare" lead={<a href={href(`/models/${encodeURIComponent(name)}`)}>{name}</a>}>
      <Panel class="flush">
        <search class="filters">
          {(['a', 'b'] as const).map((place) => (
            <Choice
              key={place}
              {...{ label: `Version ${place.toUpperCase()}`, choices: versions }}
              value={chosen[place] ?? ''}
              onChange={(version) => setQuery({ [place]: version })}
            />
          ))}
        </search>
      </Panel>
      <Loaded
        of={
          model.problem || first.problem
            ? { ...first, problem: model.problem ?? first.problem }
            : first
        }
      >
        {({ evaluations: [one] }) => (
          <Loaded of={second}>
            {({ evaluations: [other] }) =>
              one && other ? (
                <Compared {...{ one, other, names: [`Version ${a}`, `Version ${b}`] }} />
              ) : (
                <div class="empty">
                  <NotEvaluated version={`${name}@${one ? b : a}`} />
                </div>
              )
            }
          </Loaded>
        )}
      </Loaded>
      <Panel title="On the same rows">
        <p class="note">
          How two versions answer the rows of a file, and which rows they answer differently:
        </p>
        <Command
          text={`dsapi model compare ${name}@${a} ${name}@${b} --data FILE --label COLUMN`}
        />
        <p class="note">What a version would have answered to logged requests:</p>
        <Command text={`dsapi model replay ${name}@${b} --days 7`} />
      </Panel>
    </Page>
  )
}

type ComparedProps = {
  readonly one: Evaluation
  readonly other: Evaluation
  readonly names: readonly [string, string]
}

const Compared = ({ one, other, names }: ComparedProps) => {
  const others = new Map(scoresOf(other))
  return (
    <>
      <Panel title="Scores" class="flush">
        <Table
          label="Scores"
          head={
            <>
              <th>Score</th>
              <th class="number">{names[0]}</th>
              <th class="number">{names[1]}</th>
              <th class="number">Difference</th>
            </>
          }
        >
          {scoresOf(one).map(([name, score]) => {
            const second = others.get(name)
            return (
              <tr key={name} data-row>
                <td>{name}</td>
                <td class="number">{scoreText(score)}</td>
                <td class="number">{scoreText(second)}</td>
                <td class="number">
                  {typeof score === 'number' && typeof second === 'number'
                    ? difference(second - score)
                    : '–'}
                </td>
              </tr>
            )
          })}
        </Table>
        <p class="note inset">
          {names[0]}: {originOf(one)}. {names[1]}: {originOf(other)}.
        </p>
      </Panel>
      <Pictures {...{ one, other, names }} />
    </>
  )
}

/** Without what the last digits of two sums differ by. */
const difference = (exact: number) => {
  const value = Number(exact.toFixed(12))
  return `${value > 0 ? '+' : ''}${formatNumber(value)}`
}

const unit = [0, 1] as const

const Pictures = ({ one, other, names }: ComparedProps) => {
  if (one.type === 'values' && other.type === 'values') {
    const curves = [groupCurve(names[0], one), groupCurve(names[1], other)]
    const domain = domainOfBoth(curves)
    return (
      <Panel title="Answers and true values">
        <Curves
          {...{ curves, diagonal: true, x: { name: 'Answer', domain } }}
          y={{ name: 'Mean of the true values', domain }}
          label="The means of the true values over those of the answers."
        />
        <SavePlot />
      </Panel>
    )
  }
  if (one.type === 'values' || other.type === 'values') return null
  const pairs = one.classes.flatMap((first) => {
    const second = other.classes.find((candidate) => candidate.class === first.class)
    return second ? [[first, second] as const] : []
  })
  return (
    <>
      {pairs.map(([first, second]) => {
        const roc = [rocCurve(names[0], first, one.rows), rocCurve(names[1], second, other.rows)]
        const calibration = [calibrationCurve(names[0], first), calibrationCurve(names[1], second)]
        return (
          <div class="columns" key={first.class}>
            <Panel title={`ROC of ${first.class}`}>
              <Curves
                {...{ curves: roc, diagonal: true }}
                x={{ name: 'Share of the others, taken for it', domain: unit }}
                y={{ name: 'Share that is found', domain: unit }}
                label={`The areas under the curves are ${scoreText(first.roc_auc)} and ${scoreText(second.roc_auc)}.`}
              />
              <SavePlot />
            </Panel>
            <Panel title={`Calibration of ${first.class}`}>
              <Curves
                {...{ curves: calibration, diagonal: true }}
                x={{ name: 'Probability', domain: unit }}
                y={{ name: 'Share that is true', domain: unit }}
                label={`How often ${first.class} is true, over its probability.`}
              />
              <SavePlot />
            </Panel>
          </div>
        )
      })}
    </>
  )
}
