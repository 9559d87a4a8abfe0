import { meanAbsoluteError, r2Score, rootMeanSquaredError } from '@dsapi/model'
import { whereItMakesSense } from '../comparison/where-it-makes-sense.ts'
import type { EvaluationOfValues } from './evaluation.ts'

const residualBins = 20
const groups = 10

/** Evaluates answered values, in a size that does not depend on the number of rows. */
export const evaluateValues = (
  actual: ArrayLike<number>,
  answered: ArrayLike<number>,
): EvaluationOfValues => ({
  type: 'values',
  scores: {
    r2: whereItMakesSense(() => r2Score(actual, answered)) ?? null,
    mean_absolute_error: meanAbsoluteError(actual, answered),
    root_mean_squared_error: rootMeanSquaredError(actual, answered),
  },
  residuals: binResiduals(Float64Array.from(answered, (value, row) => actual[row] - value).sort()),
  groups: groupByAnswer(actual, answered),
})

/** Counts residuals in equal bins between the first and the last hundredth. What is outside is in the outer bins. */
const binResiduals = (sorted: Float64Array): EvaluationOfValues['residuals'] => {
  const [low, high] = [quantileOf(sorted, 0.01), quantileOf(sorted, 0.99)]
  if (!(high > low)) return [{ rows: sorted.length }]
  const edgeOf = (bin: number) => low + (bin * (high - low)) / residualBins
  const counts = new Array<number>(residualBins).fill(0)
  for (const residual of sorted) {
    const bin = Math.floor(((residual - low) / (high - low)) * residualBins)
    counts[Math.min(residualBins - 1, Math.max(0, bin))]++
  }
  return counts.map((rows, bin) => ({
    ...(bin > 0 && { lower: edgeOf(bin) }),
    ...(bin < residualBins - 1 && { upper: edgeOf(bin + 1) }),
    rows,
  }))
}

const groupByAnswer = (
  actual: ArrayLike<number>,
  answered: ArrayLike<number>,
): EvaluationOfValues['groups'] => {
  const order = Array.from(answered, (_, row) => row).sort((a, b) => answered[a] - answered[b])
  return Array.from({ length: groups }, (_, group) => {
    const from = Math.floor((group * order.length) / groups)
    return order.slice(from, Math.floor(((group + 1) * order.length) / groups))
  })
    .filter((rows) => rows.length > 0)
    .map((rows) => {
      const residuals = Float64Array.from(rows, (row) => actual[row] - answered[row]).sort()
      const meanOf = (values: ArrayLike<number>) =>
        rows.reduce((mean, row) => mean + values[row] / rows.length, 0)
      return {
        ...{ mean_answer: meanOf(answered), mean_value: meanOf(actual), rows: rows.length },
        ...{ low: quantileOf(residuals, 0.1), high: quantileOf(residuals, 0.9) },
      }
    })
}

const quantileOf = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
