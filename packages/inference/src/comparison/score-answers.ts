import {
  accuracyScore,
  type Label,
  logLoss,
  Matrix,
  ModelError,
  meanAbsoluteError,
  r2Score,
  rocAucScore,
  rocAucScoreOneVsRest,
  rootMeanSquaredError,
} from '@dsapi/model'
import { classesOf, type ModelInfo } from '../model-info.ts'
import type { Prediction } from '../protocols/dsapi-json/answers.ts'

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
  const classes = [...new Set([...own, ...labels])].sort(inOrder)
  const width = classes.length
  const places = own.map((label) => classes.indexOf(label))
  // A class that the model does not know has the probability zero.
  const probabilities = new Matrix(new Float64Array(answers.length * width), answers.length, width)
  const predicted = answers.map((answer, row) => {
    if (!('class' in answer)) throw new TypeError('The answer has no class')
    for (const [k, value] of answer.class_probabilities.entries()) {
      probabilities.row(row)[places[k]] = value
    }
    return answer.class
  })
  const second = () => Float64Array.from(labels, (_, row) => probabilities.row(row)[1])
  return {
    type: 'classes',
    accuracy: accuracyScore(labels, predicted),
    logLoss: whereItMakesSense(() => logLoss(labels, probabilities, classes)),
    rocAuc: whereItMakesSense(() =>
      width === 2
        ? rocAucScore(labels, second())
        : rocAucScoreOneVsRest(labels, probabilities, classes),
    ),
  }
}

/** As scikit-learn orders classes: numbers by value, texts by their code points. */
const inOrder = (a: Label, b: Label) => (a < b ? -1 : a > b ? 1 : 0)

const whereItMakesSense = (score: () => number): number | undefined => {
  try {
    return score()
  } catch (error) {
    if (error instanceof ModelError) return undefined
    throw error
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
