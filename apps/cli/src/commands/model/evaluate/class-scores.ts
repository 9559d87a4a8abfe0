import {
  averagePrecisionScore,
  type ClassificationReport,
  classificationReport,
  type Label,
} from '@dsapi/model'
import { table } from '../../../terminal/output.ts'

/** Precision, recall and F1 by class, with the area under the curve of precision and recall. */
export type ClassScores = Omit<ClassificationReport<Label>, 'classes'> & {
  readonly classes: readonly (ClassificationReport<Label>['classes'][number] & {
    /** Undefined where no row is of the class, or its probability is not known. */
    readonly prAuc: number | undefined
  })[]
}

/**
 * Scores each class against the others.
 *
 * @param probabilityOf the probability of a class in a row; undefined where it is not known
 */
export const classScores = (
  y: readonly Label[],
  predicted: readonly Label[],
  probabilityOf: (row: number, label: Label) => number | undefined,
): ClassScores => {
  const report = classificationReport(y, predicted)
  const classes = report.classes.map((one) => {
    const scores = y.map((_, row) => probabilityOf(row, one.label) ?? 0)
    const isOfClass = y.map((label) => Number(label === one.label))
    const prAuc =
      one.support > 0 ? averagePrecisionScore(isOfClass, scores, { positive: 1 }) : undefined
    return { ...one, prAuc }
  })
  return { ...report, classes }
}

/** Draws them for a terminal. */
export const drawClassScores = ({ classes, macro, weighted }: ClassScores): string => {
  const line = (name: string, one: ClassScores['macro'], prAuc?: number) => [
    name,
    ...[one.precision, one.recall, one.f1].map((score) => score.toFixed(4)),
    prAuc?.toFixed(4) ?? '-',
    String(one.support),
  ]
  const areas = classes.flatMap(({ prAuc }) => (prAuc === undefined ? [] : [prAuc]))
  const mean = areas.reduce((sum, area) => sum + area, 0) / areas.length
  return table(
    ['CLASS', 'PRECISION', 'RECALL', 'F1', 'PR AUC', 'ROWS'],
    [
      ...classes.map((one) => line(String(one.label), one, one.prAuc)),
      line('macro mean', macro, mean),
      line('weighted mean', weighted),
    ],
  )
}
