import type { Trial } from '../compute/tensors.ts'
import type { Output } from '../file/onnx-file.ts'

/** How far a sum of probabilities may be from 1: some models compute with 16-bit floats. */
const tolerance = 0.01

/**
 * Whether outputs beside a label are probabilities. Classifiers without probabilities, such as LinearSVC, are converted
 * with an output of the same name that holds their scores; and clusters, with distances.
 *
 * @returns `undefined` where the trial does not show it
 */
export const areProbabilities = (outputs: readonly Output[], trial: Trial): boolean | undefined => {
  if (!trial.ok) return undefined
  const row = outputs.flatMap(({ tensor }) =>
    Array.from(trial.results.get(tensor)?.data ?? [], Number),
  )
  if (!row.every(Number.isFinite)) return undefined
  const sum = row.reduce((total, value) => total + value, 0)
  const isInRange = row.every((value) => value >= -tolerance && value <= 1 + tolerance)
  return isInRange && Math.abs(sum - 1) <= tolerance
}
