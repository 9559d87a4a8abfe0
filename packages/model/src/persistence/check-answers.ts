import { refuseModel } from './read-json.ts'

/** How a model's answers compare with those that were written beside it. */
export interface CheckResult {
  /** Rows that were compared. */
  readonly rows: number
  /** The largest difference between two probabilities, both from 0 to 1; of larger numbers, as a share of the number. */
  readonly largestDifference: number
}

interface Checked<M> {
  readonly model: M
  readonly check: CheckResult
  readonly isDecided: boolean
}

interface CheckOptions<M> {
  /** What a model answers to a row of the file. */
  readonly answer: (model: M, row: number) => readonly number[]
  /** The answers in the file, for each row. */
  readonly expected: readonly (readonly number[])[]
  /** What to do where no model answers so: a sentence without its full stop. */
  readonly advice: string
}

/** What rounding makes of the same sum in another order of steps, with a wide margin. */
const tolerance = 1e-6

/** The same for answers that were computed in numbers of 32 bits. */
const singleTolerance = 1e-4

/** The most numbers of a row that an error shows. */
const mostShown = 6

/**
 * Finds the first of some models that answers as the rows say. `isDecided` is false where another one answers as well:
 * all probabilities are 0 or 1, for example, or the rows are few.
 *
 * @throws {ModelError} `invalid_model` when none does, naming the row that is furthest off
 */
export const checkAnswers = <M>(
  candidates: readonly M[],
  { answer, expected, advice }: CheckOptions<M>,
): Checked<M> => {
  const allowed = isSingle(expected) ? singleTolerance : tolerance
  const tried = candidates.map((model) => ({
    model,
    ...compare((row) => answer(model, row), expected),
  }))
  const [found, another] = tried.filter(({ difference }) => difference <= allowed)
  if (found !== undefined) {
    const check = { rows: expected.length, largestDifference: found.difference }
    return { model: found.model, check, isDecided: another === undefined }
  }
  const { model, row } = tried.reduce((best, next) =>
    next.difference < best.difference ? next : best,
  )
  return refuseModel(
    `check row ${row}: this model answers ${listed(answer(model, row))}, and the file says ${listed(expected[row])}; expected a difference of at most ${allowed}. ${advice}`,
  )
}

const compare = (
  answer: (row: number) => readonly number[],
  expected: readonly (readonly number[])[],
) => {
  let [difference, row] = [0, 0]
  for (const [i, numbers] of expected.entries()) {
    for (const [k, number] of answer(i).entries()) {
      const off = Math.abs(number - numbers[k]) / Math.max(1, Math.abs(numbers[k]))
      if (off > difference) [difference, row] = [off, i]
    }
  }
  return { difference, row }
}

/** Doubles with few digits, such as 0.5, could be of either kind: they do not count. */
const isSingle = (expected: readonly (readonly number[])[]) => {
  const all = expected.flat()
  return (
    all.every((value) => Math.fround(value) === value) &&
    all.some((value) => (value * 4096) % 1 > 0)
  )
}

const listed = (values: readonly number[]) => {
  const list = values.slice(0, mostShown).map((value) => Number(value.toPrecision(6)))
  return list.join(', ') + (values.length > mostShown ? ', …' : '')
}
