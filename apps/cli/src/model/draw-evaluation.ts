import { table } from '../output.ts'
import type { Evaluation } from './cross-validate.ts'

const barWidth = 20

/** A bar for a share from 0 to 1, in eighths of a character. */
const bar = (share: number) => {
  const eighths = Math.round(share * barWidth * 8)
  const rest = eighths % 8
  return '█'.repeat(Math.floor(eighths / 8)) + (rest === 0 ? '' : (' ▏▎▍▌▋▊▉'[rest] ?? ''))
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`

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
    ['FORETOLD', 'CAME TRUE', 'ROWS', ''],
    bins.map(({ meanProbability, positiveShare, count }) => [
      percent(meanProbability),
      percent(positiveShare),
      String(count),
      bar(positiveShare),
    ]),
  )

/** Draws an evaluation for a terminal. */
export const drawEvaluation = ({ scores, confusion, calibration }: Evaluation): string => {
  const parts = [drawScores(scores), drawConfusion(confusion)]
  if (calibration) parts.push(drawCalibration(calibration))
  return parts.join('\n\n')
}
