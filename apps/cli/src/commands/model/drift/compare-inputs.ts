import { type Database, findNewestPrediction } from '@dsapi/db'
import { classesOf, type Prediction } from '@dsapi/inference'
import { createStabilityCounter, type Label, type StabilityBin } from '@dsapi/model'
import { readLoggedInputs, type StoredModel } from '@dsapi/registry'
import { CliError } from '../../../terminal/cli-error.ts'
import { formatInstant } from '../../../terminal/output.ts'
import { loadServedModel } from '../served-model.ts'
import type { TrainingCells } from '../tables/training-cells.ts'
import { countAnswers } from './count-answers.ts'
import { type CellStability, createFeatureCounter } from './feature-counter.ts'
import { createRowReader } from './row-reader.ts'
import { type Verdict, verdictOf } from './verdict.ts'

export type FeatureDrift = CellStability & {
  readonly feature: string
  readonly verdict: Verdict
}

/** How far the features of recent predictions have moved from the training data. */
export type Drift = {
  /** The tag of the model that is served. */
  readonly model: string
  readonly trainingRows: number
  /** The number of predictions that were compared, and the times of the first and the last. */
  readonly predictions: number
  readonly from: number
  readonly to: number
  /** The number of predictions by models that lack one of the features. */
  readonly leftOut: number
  /** In the model's order. */
  readonly features: readonly FeatureDrift[]
  /** The share of each class in the training data and in the predictions. */
  readonly answers: readonly {
    readonly class: Label
    readonly expectedShare: number
    readonly actualShare: number
  }[]
  /** The shares of the values that a model without classes answered, where it answers with one. */
  readonly values?: readonly StabilityBin[]
}

type CompareOptions = {
  /** The name of the model. */
  readonly name: string
  readonly now: number
  readonly days: number
  /** The most predictions to read, newest first. */
  readonly limit: number
}

const dayMs = 86_400_000
/** With fewer predictions, chance alone would move most features. */
const fewest = 50

/**
 * Compares the features of recent predictions with the training data. Holds one count a bin, not the predictions.
 *
 * @throws NoModelError; CliError when there is no such model, the training data lacks a feature of the model, or there are too few
 *   predictions
 */
export const compareInputs = async (
  db: Database,
  readTraining: (stored: StoredModel) => Promise<TrainingCells>,
  { name, now, days, limit }: CompareOptions,
): Promise<Drift> => {
  const served = await loadServedModel(db, name)
  const { features: asked, featureNames: names } = served.model.info
  const training = await readTraining(served)
  const counters = asked.map(({ type }, j) =>
    createFeatureCounter(type === 'text', training.columns[j]),
  )
  const isOfClasses = served.model.info.output.type === 'classes'
  const answers = countAnswers(classesOf(served.model.info), isOfClasses ? training.y : [])
  const values = isOfClasses ? undefined : countValues(training.y)
  const rowOf = createRowReader(db, name, names)
  let [predictions, leftOut, from, to] = [0, 0, now, 0]
  for await (const input of readLoggedInputs(db, {
    ...{ modelName: name, since: now - days * dayMs, limit },
  })) {
    const row = await rowOf(input)
    if (row === undefined) {
      leftOut++
      continue
    }
    for (const [j, counter] of counters.entries()) counter.add(row[j])
    if ('class' in input.answer) answers.add(input.answer.class)
    else values?.add(input.answer)
    predictions++
    from = Math.min(from, input.at)
    to = Math.max(to, input.at)
  }
  if (predictions < fewest) throw await tooFew(db, { name, days, predictions, leftOut })
  const features = names.map((feature, j) => {
    const stability = counters[j].result()
    return { feature, verdict: verdictOf(stability), ...stability }
  })
  return {
    ...{ model: served.tag, trainingRows: training.nRows },
    ...{ predictions, from, to, leftOut, features, answers: answers.shares() },
    ...(values?.isAdded() && { values: values.bins() }),
  }
}

/** Counts values that are answered in bins of those in the training data; none where these are no numbers. */
const countValues = (trained: readonly Label[]) => {
  const numbers = trained.filter((label) => typeof label === 'number')
  const counter = numbers.length === 0 ? undefined : createStabilityCounter(numbers)
  let added = 0
  return {
    add: (answer: Prediction): void => {
      if (counter === undefined || !('value' in answer)) return
      counter.add(answer.value)
      added++
    },
    isAdded: () => added > 0,
    bins: () => counter?.result().bins ?? [],
  }
}

type Found = {
  readonly name: string
  readonly days: number
  readonly predictions: number
  readonly leftOut: number
}

const tooFew = async (
  db: Database,
  { name, days, predictions, leftOut }: Found,
): Promise<CliError> => {
  const newest = await findNewestPrediction(db, name)
  if (newest === undefined) {
    return new CliError(
      'No prediction is logged. Start the server with DSAPI_PREDICTION_LOG=on, and try again after some predictions.',
    )
  }
  const period = `in the last ${days === 1 ? 'day' : `${days} days`}`
  if (predictions + leftOut === 0) {
    return new CliError(
      `No prediction was logged ${period}; the newest is from ${formatInstant(newest.at)}. Look further back (--days), or check that the server runs with DSAPI_PREDICTION_LOG=on.`,
    )
  }
  const others = leftOut === 0 ? '' : ` (and ${leftOut} by models with other features)`
  return new CliError(
    `${predictions} predictions were logged ${period}${others}: too few to compare, ${fewest} are needed. Look further back (--days), or try again later.`,
  )
}
