import { type FieldProblem, parseDecimal, predictRow, type StoredModel } from '@dsapi/registry'
import type { Context } from 'hono'
import type { Env } from '../env.ts'
import { ApiError } from '../errors.ts'
import type { Metrics } from '../metrics.ts'
import type { NotePredictions } from '../note-predictions.ts'
import { onlyMethods } from '../only-methods.ts'
import { whoseRequest } from '../whose-request.ts'

type PredictDeps = {
  readonly currentModel: () => StoredModel
  readonly metrics: Metrics
  /** Only where predictions are logged. */
  readonly notePredictions: NotePredictions | undefined
}

/** `/predict/feature_a/1.0/feature_b/1.0`: the model's features by name, each with its value. */
export const predict =
  ({ currentModel, metrics, notePredictions }: PredictDeps) =>
  (context: Context<Env>): Response => {
    const startedAt = notePredictions ? performance.now() : 0
    const { model, tag } = currentModel()
    const row = readRow(model.featureNames, context.req.path)
    const prediction = predictRow(model, row)
    notePredictions?.({ kind: 'single', ...whoseRequest(context), model: tag, startedAt }, [
      { features: row, answer: prediction },
    ])
    metrics.countPredictions(prediction.class, 1)
    context.header('x-model-version', tag)
    return context.json(prediction)
  }

/** Another method on a path that this model answers at; any other path is not there. */
export const predictByGetOnly = (currentModel: () => StoredModel) => (context: Context<Env>) => {
  splitPath(currentModel().model.featureNames, context.req.path)
  return onlyMethods('GET, HEAD')()
}

/** The names and values in the path, alternating, once it is clear that the names are the model's. */
const splitPath = (names: readonly string[], path: string): string[] => {
  const parts = path.split('/').slice(2)
  const isOurs = parts.length === 2 * names.length && names.every(isNamedIn(parts))
  if (!isOurs) {
    const expected = names.map((name) => `/${name}/{number}`).join('')
    throw new ApiError('not_found', `Not found: this model answers at /predict${expected}`)
  }
  return parts
}

const readRow = (names: readonly string[], path: string): number[] => {
  const parts = splitPath(names, path)
  const row: number[] = []
  const detail: FieldProblem[] = []
  for (const [index, field] of names.entries()) {
    const value = parseDecimal(decode(parts[2 * index + 1]))
    if (value === undefined) detail.push({ field, message: 'must be a finite decimal number' })
    else row.push(value)
  }
  if (detail.length === 0) return row
  throw new ApiError('invalid_features', 'Input features were not valid floats', { detail })
}

const isNamedIn = (parts: readonly string[]) => (name: string, index: number) =>
  decode(parts[2 * index]) === name

const decode = (part: string) => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
