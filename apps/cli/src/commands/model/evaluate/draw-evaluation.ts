import { bar, percent } from '../../../terminal/bar.ts'
import { table } from '../../../terminal/output.ts'
import { drawClassScores } from './class-scores.ts'
import type { Evaluation } from './classification-scores.ts'

const drawScores = (scores: Evaluation['scores']) =>
  table(
    ['SCORE', ''],
    Object.entries(scores).map(([name, value]) => [name, value.toFixed(4)]),
  )

const drawConfusion = ({ classes, counts }: Evaluation['confusion']) =>
  table(
    ['TRUE CLASS', ...classes.map((label) => `AS ${label}`), 'RIGHT', ''],
    classes.map((label, i) => {
      const right = counts[i][i] / counts[i].reduce((sum, count) => sum + count, 0)
      return [String(label), ...counts[i].map(String), percent(right), bar(right)]
    }),
  )

const drawCalibration = (bins: NonNullable<Evaluation['calibration']>) =>
  table(
    ['PREDICTED', 'ACTUAL', 'ROWS', ''],
    bins.map(({ meanProbability, positiveShare, count }) => [
      percent(meanProbability),
      percent(positiveShare),
      String(count),
      bar(positiveShare),
    ]),
  )

/** Draws an evaluation for a terminal. */
export const drawEvaluation = ({
  scores,
  perClass,
  confusion,
  calibration,
}: Evaluation): string => {
  const parts = [drawScores(scores), drawClassScores(perClass), drawConfusion(confusion)]
  if (calibration) parts.push(drawCalibration(calibration))
  return parts.join('\n\n')
}
