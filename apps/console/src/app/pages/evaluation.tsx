import type { Evaluation as EvaluationData, ModelVersion } from '@dsapi/client'
import { href, location, setQuery } from '../router/location.ts'
import type { PageProps } from '../router/page-entry.ts'
import { Choice, chosenOf } from '../ui/field.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page, Panel } from '../ui/page.tsx'
import { ExactTime } from '../ui/time.tsx'
import { NotEvaluated } from './evaluation/not-evaluated.tsx'
import { Confusion, OfClass } from './evaluation/of-class.tsx'
import { OfValues } from './evaluation/of-values.tsx'
import { originOf, scoresOf, scoreText } from './evaluation/scores.ts'
import { useEvaluations, useModel, versionChoices } from './evaluation/use-evaluations.ts'

/** How well a version answers rows whose answers are known. */
export const Evaluation = ({ parameters: { name = '' } }: PageProps) => {
  const { query } = location.value
  const model = useModel(name)
  const versions = versionChoices(model.data)
  const version = chosenOf(versions, query.get('v')) ?? model.data?.version.toString()
  const output = model.data?.versions.find((one) => String(one.version) === version)?.output
  const asked = useEvaluations(name, version)
  const evaluations = (asked.data?.evaluations ?? []).map(
    (one) => [String(one.id), `${one.created_at.slice(0, 10)}: ${originOf(one)}`] as const,
  )
  const chosen = chosenOf(evaluations, query.get('id')) ?? evaluations[0]?.[0] ?? ''
  const evaluation = asked.data?.evaluations.find(({ id }) => String(id) === chosen)
  return (
    <Page
      title="Evaluation"
      lead={<a href={href(`/models/${encodeURIComponent(name)}`)}>{name}</a>}
    >
      <Panel class="flush">
        <search class="filters">
          <Choice
            {...{ label: 'Version', value: version ?? '', choices: versions }}
            onChange={(v) => setQuery({ v, id: undefined, class: undefined })}
          />
          {evaluations.length > 1 && (
            <Choice
              {...{ label: 'Evaluation', value: chosen, choices: evaluations }}
              onChange={(id) => setQuery({ id })}
            />
          )}
          {evaluation?.type === 'classes' && <ClassChoice evaluation={evaluation} />}
        </search>
      </Panel>
      <Loaded
        of={model.problem ? { ...asked, problem: model.problem } : asked}
        empty={() =>
          evaluation === undefined ? <NotEvaluated version={`${name}@${version}`} /> : undefined
        }
      >
        {() =>
          evaluation && (
            <Evaluated key={evaluation.id} {...{ evaluation, threshold: thresholdOf(output) }} />
          )
        }
      </Loaded>
    </Page>
  )
}

/** From which probability on the version itself answers the second of two classes. */
const thresholdOf = (output: ModelVersion['output'] | undefined): number =>
  output?.type === 'classes' ? (output.threshold ?? 0.5) : 0.5

type OfClasses = Extract<EvaluationData, { type: 'classes' }>

const chosenClass = ({ classes }: OfClasses) => {
  const asked = location.value.query.get('class')
  return classes.find((one) => String(one.class) === asked) ?? classes[0]
}

const ClassChoice = ({ evaluation }: { readonly evaluation: OfClasses }) =>
  evaluation.classes.length < 2 ? null : (
    <Choice
      {...{ label: 'Class', value: String(chosenClass(evaluation)?.class) }}
      choices={evaluation.classes.map((one) => [String(one.class), String(one.class)] as const)}
      onChange={(name) => setQuery({ class: name })}
    />
  )

type EvaluatedProps = {
  readonly evaluation: EvaluationData
  /** Where the slider stands at first. */
  readonly threshold: number
}

const Evaluated = ({ evaluation, threshold }: EvaluatedProps) => {
  const one = evaluation.type === 'classes' ? chosenClass(evaluation) : undefined
  // Of two classes, the threshold already shows all.
  const confusion = evaluation.type === 'classes' ? evaluation.confusion : null
  const asked = Number(location.value.query.get('t') ?? threshold)
  return (
    <>
      <Panel title="Scores">
        <dl class="numbers">
          {scoresOf(evaluation).map(([name, score]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{scoreText(score)}</dd>
            </div>
          ))}
        </dl>
        <p class="note">
          {originOf(evaluation)}. <ExactTime at={evaluation.created_at} />
        </p>
      </Panel>
      {one && (
        <OfClass
          {...{
            one,
            all: evaluation.rows,
            startAt: asked >= 0 && asked <= 1 ? Math.round(100 * asked) : 50,
          }}
          key={one.class}
        />
      )}
      {confusion && confusion.classes.length > 2 && (
        <Panel title="Answered classes" class="flush">
          <Confusion
            label="Answered classes"
            names={confusion.classes.map(String)}
            counts={confusion.counts}
          />
        </Panel>
      )}
      {evaluation.type === 'values' && <OfValues evaluation={evaluation} />}
    </>
  )
}
