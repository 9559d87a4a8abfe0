import { type Database, findNewestPrediction } from '@dsapi/db'
import { classesOf, type Prediction } from '@dsapi/inference'
import { type Label, type StabilityBin, stabilityCounterOf } from '@dsapi/model'
import type { StoredModel } from '../loading/stored-model.ts'
import { readLoggedInputs } from '../prediction-log/logged-inputs.ts'
import { countAnswers } from './count-answers.ts'
import { type CellStability, createFeatureCounter } from './feature-counter.ts'
import { createRowReader } from './row-reader.ts'
import { type FeatureShares, type TrainingShares, toExpectedBins } from './training-shares.ts'
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

/** There are too few logged predictions to compare; the caller knows what to say. */
export type TooFewPredictions = Pick<Drift, 'predictions' | 'leftOut'> & {
  /** When the newest prediction of the model was logged, in milliseconds since 1970 (UTC); undefined where none is. */
  readonly newestAt: number | undefined
}

type CompareOptions = {
  readonly now: number
  readonly days: number
  /** The most predictions to read, newest first. */
  readonly limit: number
}

const dayMs = 86_400_000
/** The fewest predictions that are compared: with fewer, chance alone would move most features. */
export const neededPredictions = 50

/** Compares the features of recent predictions of a model with its training data. Holds one count a bin, not the predictions. */
export const compareInputs = async (
  db: Database,
  served: StoredModel,
  training: TrainingShares,
  { now, days, limit }: CompareOptions,
): Promise<Drift | TooFewPredictions> => {
  const { name } = served
  const { features: asked, featureNames: names } = served.model.info
  const sharesOf = new Map(training.features.map((shares) => [shares.name, shares]))
  const counters = asked.map(({ name: feature }) => {
    const shares: FeatureShares = sharesOf.get(feature) ?? { missing: training.nRows, bins: [] }
    return createFeatureCounter(shares)
  })
  const answers = countAnswers(classesOf(served.model.info), training.classes ?? [])
  const values = countValues(training.values ?? [])
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
    else values.add(input.answer)
    predictions++
    from = Math.min(from, input.at)
    to = Math.max(to, input.at)
  }
  if (predictions < neededPredictions) {
    const newest = await findNewestPrediction(db, name)
    return { predictions, leftOut, newestAt: newest?.at }
  }
  const features = names.map((feature, j) => {
    const stability = counters[j].result()
    return { feature, verdict: verdictOf(stability), ...stability }
  })
  return {
    ...{ model: served.tag, trainingRows: training.nRows },
    ...{ predictions, from, to, leftOut, features, answers: answers.shares() },
    ...(values.isAdded() && { values: values.bins() }),
  }
}

/** Counts values that are answered in bins of those in the training data; none where these are no numbers. */
const countValues = (trained: NonNullable<TrainingShares['values']>) => {
  const counter = trained.length === 0 ? undefined : stabilityCounterOf(toExpectedBins(trained))
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
