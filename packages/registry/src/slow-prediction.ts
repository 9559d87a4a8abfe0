import type { Label } from '@dsapi/model'
import { isRecord } from './is-record.ts'
import type { Prediction } from './prediction.ts'

/** What a worker leaves as the result of a slow prediction, in the job's row. */
export type SlowResult = Prediction & { readonly model_version: string }

const isLabel = (value: unknown): value is Label =>
  typeof value === 'number' || typeof value === 'string'

const isSlowResult = (value: unknown): value is SlowResult =>
  isRecord(value) &&
  isLabel(value.class) &&
  Array.isArray(value.class_probabilities) &&
  typeof value.model_version === 'string'

/**
 * Reads the result of a slow prediction as it came out of the database.
 *
 * @throws Error when a worker of another version left something else there
 */
export const readSlowResult = (value: unknown): SlowResult => {
  if (isSlowResult(value)) return value
  throw new Error('The stored result is not that of a slow prediction')
}
