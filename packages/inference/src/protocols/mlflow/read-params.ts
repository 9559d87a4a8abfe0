import { isRecord } from '../../is-record.ts'
import type { ModelInfo } from '../../model-info.ts'
import { type AnswerKind, answerKinds } from '../answer-kinds.ts'
import { Wrong } from '../json/wrong.ts'
import { shorten } from '../shorten.ts'

/** A parameter has a value that it cannot have. */
export class WrongParams extends Wrong {}

/** Reads `params`, of which `predict_method` asks for probabilities. All others are ignored. */
export const readParams = (params: unknown, model: ModelInfo): AnswerKind | Wrong => {
  if (params === undefined || params === null) return 'predict'
  if (!isRecord(params)) return new WrongParams('params', 'must be an object')
  const { predict_method: method = 'predict' } = params
  if (method === null) return 'predict'
  const kinds = answerKinds(model)
  const kind = kinds.find((each) => each === method)
  if (kind !== undefined) return kind
  const shown = typeof method === 'string' ? `is "${shorten(method)}", and ` : ''
  return new WrongParams('params.predict_method', `${shown}must be ${kinds.join(' or ')}`)
}
