import type { Evaluation } from '@dsapi/client'
import { formatCount, formatNumber } from '../../format.ts'

/** The scores by their names. */
export const scoresOf = ({
  scores,
}: Evaluation): readonly (readonly [name: string, score: number | null])[] =>
  'accuracy' in scores
    ? [
        ['accuracy', scores.accuracy],
        ['log loss', scores.log_loss],
        ['ROC AUC', scores.roc_auc],
        ...('brier_score' in scores
          ? ([['Brier score', scores.brier_score ?? null]] as const)
          : []),
      ]
    : [
        ['R²', scores.r2],
        ['mean absolute error', scores.mean_absolute_error],
        ['root mean squared error', scores.root_mean_squared_error],
      ]

export const scoreText = (score: number | null | undefined): string =>
  score === null || score === undefined ? '–' : formatNumber(score)

/** Which rows were answered, and by what. */
export const originOf = ({ source, rows, folds = 0, refused }: Evaluation): string => {
  const left = refused === 0 ? '' : `, ${formatCount(refused)} more have no answer`
  if (source === 'file') return `${formatCount(rows)} rows of a file${left}`
  const how = folds > 1 ? 'each answered by a fit to the other folds' : 'held out of a fit'
  return `${formatCount(rows)} rows, ${how}`
}
