import type { Label } from '@dsapi/model'
import { isRecord } from '../../is-record.ts'
import type { Prediction } from './answers.ts'

const isLabel = (value: unknown): value is Label =>
  typeof value === 'number' || typeof value === 'string'

const isNumber = (value: unknown): value is number => typeof value === 'number'

/** Whether a value that comes out of a database is an answer to one row, perhaps with more members. */
export const isPrediction = (value: unknown): value is Prediction => {
  if (!isRecord(value)) return false
  if ('class' in value) return isLabel(value.class) && Array.isArray(value.class_probabilities)
  if ('value' in value) return isNumber(value.value)
  return isRecord(value.values) && Object.values(value.values).every(isNumber)
}
