import {
  answerRows,
  classesOf,
  type Evaluation,
  evaluateAnswers,
  type Prediction,
  scoreAnswers,
} from '@dsapi/inference'
import type { Label } from '@dsapi/model'
import { addEvaluation } from '@dsapi/registry'
import { withOwnDatabase } from '../../../database/with-database.ts'
import type { ModelReference } from '../../../terminal/arguments.ts'
import { cliActor } from '../../../terminal/cli-actor.ts'
import { CliError, UsageError } from '../../../terminal/cli-error.ts'
import { type Json, print, printJson, say, table } from '../../../terminal/output.ts'
import { loadServedModel } from '../served-model.ts'
import { readLabelledRows } from '../tables/labelled-rows.ts'
import type { TableSource } from '../tables/table-options.ts'
import { namedScores } from '../versions/draw-scores.ts'
import { labelsFor } from '../versions/labels-for.ts'
import { withVersions } from '../versions/with-versions.ts'
import { classScores, drawClassScores } from './class-scores.ts'

type StoredArguments = TableSource &
  Json & {
    readonly name: ModelReference
    readonly store?: true
  }

/** Scores the answers of a stored model. Nothing is fitted. */
export const evaluateStored = async ({
  json,
  name: { name, version },
  data,
  label,
  store,
  ...source
}: StoredArguments): Promise<void> => {
  if (data === undefined || label === undefined) {
    throw new UsageError(
      '--name needs --data and --label: the CSV file with rows that the model has not seen, and its column of right answers',
    )
  }
  const { tag, scores, perClass, rows, refused } = await withOwnDatabase(async (db) => {
    const asked = { name, version: version ?? (await loadServedModel(db, name)).version }
    return withVersions(db, [asked], async ([{ model, tag }]) => {
      const read = await readLabelledRows(data, label.trim(), model.info.features, source)
      const labels = labelsFor(model.info, read)
      const answered = onlyAnswered(labels, await answerRows(model, read.rows))
      const scores = scoreAnswers(model.info, answered.labels, answered.answers)
      const perClass = scoresByClass(classesOf(model.info), answered)
      const rows = read.rows.length
      const refused = rows - answered.answers.length
      if (store) {
        const evaluation: Evaluation = {
          ...evaluateAnswers(model.info, answered.labels, answered.answers),
          ...{ source: 'file', rows: answered.answers.length, refused },
        }
        await addEvaluation(db, asked, evaluation, cliActor())
      }
      return { tag, scores, perClass, rows, refused }
    })
  })
  if (json)
    return printJson({ name, model_version: tag, rows, refused, scores, per_class: perClass })
  say(`${rows} rows, answered by version ${tag} of the model ${name}\n`)
  print(table(['SCORE', ''], namedScores(scores)))
  if (perClass !== undefined) print(`\n${drawClassScores(perClass)}`)
  if (store) say(`\nStored with version ${tag} of the model ${name}.`)
  if (refused > 0) say(`\n${refused} rows have no answer and were not scored.`)
}

const scoresByClass = (
  classes: readonly Label[],
  { labels, answers }: ReturnType<typeof onlyAnswered>,
) => {
  if (classes.length === 0) return undefined
  const predicted = answers.flatMap((answer) => ('class' in answer ? [answer.class] : []))
  return classScores(labels, predicted, (row, label) => {
    const answer = answers[row]
    return 'class' in answer ? answer.class_probabilities[classes.indexOf(label)] : undefined
  })
}

const onlyAnswered = (
  labels: readonly Label[],
  given: Awaited<ReturnType<typeof answerRows>>,
): { readonly labels: readonly Label[]; readonly answers: readonly Prediction[] } => {
  const kept: Label[] = []
  const answers: Prediction[] = []
  for (const [place, one] of given.entries()) {
    if (one.type === 'refused') continue
    kept.push(labels[place])
    answers.push(one.answer)
  }
  if (answers.length > 0) return { labels: kept, answers }
  const [first] = given
  throw new CliError(
    `The model answers none of the rows${first.type === 'refused' ? `: ${first.problem}` : ''}`,
  )
}
