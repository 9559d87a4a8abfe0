import { computeBatch } from '../compute.ts'
import { InputError } from '../input-error.ts'
import { ModelFailedError } from '../model-failed-error.ts'
import type { ModelRuntime } from '../runtime.ts'
import { type Answer, answerOf, createComparison, showAnswer } from './compare-answers.ts'
import type { ExpectedAnswer, Samples } from './samples.ts'

/** How the answers of a model compare with its samples. */
export type SamplesCheck =
  | { readonly ok: true; readonly rows: number; readonly differing: number }
  | {
      readonly ok: false
      /** Which row is furthest off, both answers, the tolerance, how many rows differ and how many may. */
      readonly message: string
      readonly rows: number
      readonly differing: number
      /** The row that is furthest off, from 1. */
      readonly row: number
    }

/** How many rows are computed before others get their chance. */
const pieceRows = 500

/** What rounding to single and to double precision makes of the same sums, with a wide margin. */
const usualTolerance = { float32: 1e-5, float64: 1e-6 }

/**
 * Has a model answer its samples. Labels have to be equal, and each number within the tolerance: so far off at most where
 * the expected number is at most 1, and by that share of it where it is larger. Values that are all smaller than 1 have
 * the largest of them in place of 1.
 *
 * @throws EngineUnavailableError when the model's engine cannot answer now
 */
export const checkSamples = async (
  model: ModelRuntime,
  samples: Samples,
): Promise<SamplesCheck> => {
  const { expected, mayDiffer } = samples
  const rows = expected.length
  const tolerance = samples.tolerance ?? usualTolerance[model.info.precision]
  const differenceOf = createComparison(model.info.output, expected, tolerance)
  let differing = 0
  let worst: Worst | undefined
  for (let first = 0; first < rows; first += pieceRows) {
    const last = Math.min(first + pieceRows, rows)
    try {
      const predictions = await computeBatch(model, samples.rows.batch(first, last))
      for (let row = first; row < last; row++) {
        const answer = answerOf(predictions, row - first)
        const by = differenceOf(answer, expected[row])
        if (by <= 1) continue
        differing++
        if (worst === undefined || by > worst.by)
          worst = { row, by, answer, expected: expected[row] }
      }
    } catch (error) {
      return refused(error, first, rows)
    }
    await new Promise((resolve) => setTimeout(resolve))
  }
  const most = Math.floor(mayDiffer * rows + 1e-9)
  if (worst === undefined || differing <= most) return { ok: true, rows, differing }
  const message = describeWorst(worst, { rows, differing, most, tolerance })
  return { ok: false, message, rows, differing, row: worst.row + 1 }
}

type Worst = {
  readonly row: number
  readonly by: number
  readonly answer: Answer
  readonly expected: ExpectedAnswer
}

const describeWorst = (
  { row, answer, expected }: Worst,
  counts: {
    readonly rows: number
    readonly differing: number
    readonly most: number
    readonly tolerance: number
  },
) =>
  `The model answers ${counts.differing} of ${counts.rows} samples otherwise than they say, and ${counts.most} may differ. ` +
  `Furthest off is row ${row + 1}: the model answers ${showAnswer(answer, expected)}, and the samples say ` +
  `${showAnswer(expected, expected)}, with a tolerance of ${counts.tolerance}. Look at the order of the features, what is ` +
  'missing, the classes, and what the export left out'

const refused = (error: unknown, first: number, rows: number): SamplesCheck => {
  if (!(error instanceof InputError || error instanceof ModelFailedError)) throw error
  const row = first + (error.row ?? 0) + 1
  const where = error.row === undefined ? `one of the rows from ${row} on` : `row ${row}`
  const field = error instanceof InputError && error.field !== undefined ? `${error.field} ` : ''
  const message = `The model cannot answer ${where} of its samples: ${field}${error.message}`
  return { ok: false, message, rows, differing: 1, row }
}
