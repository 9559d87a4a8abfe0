import type { AnswerScores } from '@dsapi/inference'

/** Scores by their names, for people. */
export const namedScores = (scores: AnswerScores): readonly (readonly [string, string])[] =>
  scores.type === 'classes'
    ? [
        ['accuracy', fixed(scores.accuracy)],
        ['log loss', fixed(scores.logLoss)],
        ['ROC AUC', fixed(scores.rocAuc)],
      ]
    : [
        ['R2', fixed(scores.r2)],
        ['MAE', significant(scores.meanAbsoluteError)],
        ['RMSE', significant(scores.rootMeanSquaredError)],
      ]

const fixed = (score: number | undefined) => score?.toFixed(4) ?? '-'

/** In the unit of the values, which may be of any size. */
const significant = (score: number) => String(Number(score.toPrecision(5)))
