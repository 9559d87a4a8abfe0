import type { LogisticRegressionModel } from '../linear-model/logistic-regression-model.ts'
import type { CheckRows } from './read-check-rows.ts'
import { refuseModel } from './read-json.ts'

/** How a model's answers compare with those that were written beside it. */
export interface CheckResult {
  /** Rows that were compared. */
  readonly rows: number
  /** The largest difference between two probabilities, both from 0 to 1. */
  readonly largestDifference: number
}

type Checked = {
  readonly model: LogisticRegressionModel
  readonly check: CheckResult
  readonly isDecided: boolean
}

/** What rounding makes of the same sum in another order of steps, with a wide margin. */
const tolerance = 1e-6

/** The same for answers that were computed in numbers of 32 bits. */
const singleTolerance = 1e-4

/** The most probabilities of a row that an error shows. */
const mostShown = 6

/**
 * Finds the first of some models that answers as the rows say. `isDecided` is false where another one answers as well:
 * all probabilities are 0 or 1, for example, or the rows are few.
 *
 * @throws {ModelError} `invalid_model` when none does, naming the row that is furthest off
 */
export const checkAnswers = (
  candidates: readonly LogisticRegressionModel[],
  rows: CheckRows,
): Checked => {
  const allowed = isSingle(rows) ? singleTolerance : tolerance
  const tried = candidates.map((model) => ({ model, ...compare(model, rows) }))
  const [found, another] = tried.filter(({ difference }) => difference <= allowed)
  if (found !== undefined) {
    const check = { rows: rows.x.length, largestDifference: found.difference }
    return { model: found.model, check, isDecided: another === undefined }
  }
  const { model, row } = tried.reduce((best, next) =>
    next.difference < best.difference ? next : best,
  )
  return refuseModel(
    `check row ${row}: this model answers ${probabilities(model.predictProbaOne(rows.x[row]))}, and the file says ${probabilities(rows.p[row])}; expected a difference of at most ${allowed}. ${advice}`,
  )
}

const advice =
  'Perhaps a step before the model was left out (put a StandardScaler into the weights: coef / scale, and intercept - (coef / scale) · mean), or multi_class is not the one of the fit, or the model makes probabilities in another way'

const compare = (model: LogisticRegressionModel, { x, p }: CheckRows) => {
  let [difference, row] = [0, 0]
  for (const [i, values] of x.entries()) {
    const answer = model.predictProbaOne(values)
    for (const [k, probability] of answer.entries()) {
      const off = Math.abs(probability - p[i][k])
      if (off > difference) [difference, row] = [off, i]
    }
  }
  return { difference, row }
}

/** Doubles with few digits, such as 0.5, could be of either kind: they do not count. */
const isSingle = ({ p }: CheckRows) => {
  const all = p.flat()
  return (
    all.every((value) => Math.fround(value) === value) &&
    all.some((value) => (value * 4096) % 1 > 0)
  )
}

const probabilities = (values: readonly number[]) => {
  const list = values.slice(0, mostShown).map((value) => Number(value.toPrecision(6)))
  return list.join(', ') + (values.length > mostShown ? ', …' : '')
}
