import { send } from '../../api/request.ts'
import type { AnyPredictions } from '../../api/types.ts'
import type { Cell } from '../../snippets/literals.ts'
import { type Answer, numbersOf } from './answers.ts'

export type ServerAnswer = {
  readonly answers: readonly Answer[]
  readonly tookMs: number
  readonly modelVersion: string | null
  readonly requestId: string | null
}

/**
 * Asks the served version of a model for rows, given in the order of its features.
 *
 * @throws Problem
 */
export const askServer = async (
  model: string,
  rows: readonly (readonly Cell[])[],
  signal?: AbortSignal,
): Promise<ServerAnswer> => {
  const startedAt = performance.now()
  const response = await send(`/api/models/${encodeURIComponent(model)}/predict`, {
    ...{ method: 'POST', body: { instances: rows } },
    ...(signal && { signal }),
  })
  const { predictions }: AnyPredictions = await response.json()
  return {
    answers: predictions.map(numbersOf),
    tookMs: performance.now() - startedAt,
    modelVersion: response.headers.get('x-model-version'),
    requestId: response.headers.get('x-request-id'),
  }
}
