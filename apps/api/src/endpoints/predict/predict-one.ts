import { predictRow, type StoredModel } from '@dsapi/registry'
import type { Context } from 'hono'
import type { Env } from '../../http/env.ts'
import { onlyMethods } from '../../http/only-methods.ts'
import { requestOwner } from '../../http/request-owner.ts'
import type { Metrics } from '../../metrics/metrics.ts'
import { readRow } from './predict-path.ts'
import type { RecordPredictions } from './record-predictions.ts'

type PredictDeps = {
  readonly currentModel: () => StoredModel
  readonly metrics: Metrics
  /** Only where predictions are logged. */
  readonly recordPredictions: RecordPredictions | undefined
}

/** `/predict/feature_a/1.0/feature_b/1.0`: the model's features by name, each with its value. */
export const predict =
  ({ currentModel, metrics, recordPredictions }: PredictDeps) =>
  (context: Context<Env>): Response => {
    const startedAt = recordPredictions ? performance.now() : 0
    const { model, tag } = currentModel()
    const read = readRow(model.featureNames, context.req.path)
    if (!read.ok) throw read.error
    const prediction = predictRow(model, read.row)
    recordPredictions?.({ kind: 'single', ...requestOwner(context), model: tag, startedAt }, [
      { features: read.row, answer: prediction },
    ])
    metrics.countPredictions(prediction.class, 1)
    context.header('x-model-version', tag)
    return context.json(prediction)
  }

/** Another method on a path that this model answers at; any other path is not there. */
export const predictByGetOnly = (currentModel: () => StoredModel) => (context: Context<Env>) => {
  const read = readRow(currentModel().model.featureNames, context.req.path)
  if (!read.ok && read.error.code === 'not_found') throw read.error
  return onlyMethods('GET, HEAD')()
}
