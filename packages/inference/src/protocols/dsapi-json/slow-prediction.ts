import { InputError } from '../../input-error.ts'
import type { ModelRuntime } from '../../runtime.ts'
import { type Prediction, predictRowInTime } from './answers.ts'
import { parseFeatures } from './features.ts'
import { isPrediction } from './read-prediction.ts'

/** What a worker leaves as the result of a slow prediction, in the job's row. */
export type SlowResult = Prediction & { readonly model_version: string }

const isSlowResult = (value: unknown): value is SlowResult =>
  isPrediction(value) && 'model_version' in value && typeof value.model_version === 'string'

/**
 * Reads the result of a slow prediction as it came out of the database.
 *
 * @throws Error when a worker of another version left something else there
 */
export const readSlowResult = (value: unknown): SlowResult => {
  if (isSlowResult(value)) return value
  throw new Error('The stored result is not that of a slow prediction')
}

/**
 * Predicts one row that is given by the names of its features.
 *
 * @param tag names the model and its version
 * @throws InputError when the model needs other features
 */
export const predictFeatures = async (
  model: ModelRuntime,
  tag: string,
  features: unknown,
): Promise<SlowResult> => {
  const parsed = parseFeatures(model.info.features, features, { unknownMembers: 'ignored' })
  if (!parsed.ok) {
    const problems = parsed.problems.map(({ field, message }) => `${field} ${message}`)
    const more = parsed.more > 0 ? ` and ${parsed.more} more` : ''
    throw new InputError(`model ${tag} cannot use this input: ${problems.join(', ')}${more}`)
  }
  return { ...(await predictRowInTime(model, parsed.row)), model_version: tag }
}
