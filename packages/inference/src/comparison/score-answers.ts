import {
  accuracyScore,
  type Label,
  logLoss,
  meanAbsoluteError,
  r2Score,
  rocAucScore,
  rocAucScoreOneVsRest,
  rootMeanSquaredError,
} from '@dsapi/model'
import { classesOf, type ModelInfo } from '../model-info.ts'
import type { Prediction } from '../protocols/dsapi-json/answers.ts'
import { arrangeClasses } from './arrange-classes.ts'
import { whereItMakesSense } from './where-it-makes-sense.ts'

/** How well answers fit what was true. Undefined where a score has no meaning for these rows. */
export type AnswerScores =
  | {
      readonly type: 'classes'
      readonly accuracy: number
      /** Undefined where the probabilities of a row do not add up to 1. */
      readonly logLoss: number | undefined
      /** One class against the rest where there are more than two. Undefined where a class has no row. */
      readonly rocAuc: number | undefined
    }
  | {
      readonly type: 'values'
      /** Undefined where there is one row only. */
      readonly r2: number | undefined
      readonly meanAbsoluteError: number
      readonly rootMeanSquaredError: number
    }

/**
 * Scores the answers of a model.
 *
 * @param labels what was true, for each answer: a class in the model's own type, or a number for a model that answers with one value
 * @param answers one at least
 * @throws ModelError when labels and answers do not go together
 */
export const scoreAnswers = (
  info: ModelInfo,
  labels: readonly Label[],
  answers: readonly Prediction[],
): AnswerScores =>
  info.output.type === 'classes'
    ? scoreClasses(classesOf(info), labels, answers)
    : scoreValues(labels, answers)

const scoreClasses = (
  own: readonly Label[],
  labels: readonly Label[],
  answers: readonly Prediction[],
): AnswerScores => {
  const { classes, predicted, probabilities } = arrangeClasses(own, labels, answers)
  const second = () => Float64Array.from(labels, (_, row) => probabilities.row(row)[1])
  return {
    type: 'classes',
    accuracy: accuracyScore(labels, predicted),
    logLoss: whereItMakesSense(() => logLoss(labels, probabilities, classes)),
    rocAuc: whereItMakesSense(() =>
      classes.length === 2
        ? rocAucScore(labels, second())
        : rocAucScoreOneVsRest(labels, probabilities, classes),
    ),
  }
}

const scoreValues = (labels: readonly Label[], answers: readonly Prediction[]): AnswerScores => {
  const actual = labels.map(Number)
  const predicted = answers.map((answer) => {
    if ('value' in answer) return answer.value
    throw new TypeError('The answer is not one value')
  })
  return {
    type: 'values',
    r2: whereItMakesSense(() => r2Score(actual, predicted)),
    meanAbsoluteError: meanAbsoluteError(actual, predicted),
    rootMeanSquaredError: rootMeanSquaredError(actual, predicted),
  }
}
