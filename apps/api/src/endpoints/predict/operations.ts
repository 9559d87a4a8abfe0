import type { StoredModel } from '@dsapi/registry'
import type { Operation } from '../../openapi/operation.ts'
import { predictMany, predictOne } from './predict-operations.ts'
import { getSlow, submitSlow } from './predict-slow-operations.ts'

/** What can be asked of the model: in its names, with answers that are its own. */
export const predictionOperations = (stored: StoredModel): readonly Operation[] => [
  predictOne(stored),
  predictMany(stored),
  submitSlow(stored),
  getSlow(stored),
]
