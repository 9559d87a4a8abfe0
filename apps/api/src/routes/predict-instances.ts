import type { StoredModel } from '@dsapi/registry'
import type { Context } from 'hono'
import type { Env } from '../env.ts'
import { ApiError } from '../errors.ts'
import type { Predictor } from '../instances/predictor.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { NotePredictions } from '../note-predictions.ts'
import { readBytes } from '../read-body.ts'
import { whoseRequest } from '../whose-request.ts'

type InstancesDeps = {
  readonly predictor: Predictor
  readonly currentModel: () => StoredModel
  readonly metrics: Metrics
  /** Only where predictions are logged. */
  readonly notePredictions: NotePredictions | undefined
  /** The largest body, in bytes. */
  readonly maxInstances: number
}

/** How many rows of a request are logged at most, so that one of a million does not crowd out all others. */
const mostLogged = 1000

/** Predicts many rows at once: `{"instances": […]}` is answered with `{"predictions": […]}`, in order. */
export const predictMany =
  ({ predictor, currentModel, metrics, notePredictions, maxInstances }: InstancesDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const body = await readBytes(context, maxInstances)
    const startedAt = performance.now()
    const stored = currentModel()
    const predicted = await predictor.predict(stored, body, notePredictions ? mostLogged : 0)
    if (!predicted.ok) {
      const { message, detail } = predicted
      throw new ApiError('invalid_body', message, detail && { detail })
    }
    notePredictions?.(
      { kind: 'instances', ...whoseRequest(context), model: stored.tag, startedAt },
      predicted.sample,
    )
    for (const [index, label] of stored.model.classes.entries()) {
      metrics.countPredictions(label, predicted.counts[index])
    }
    context.header('x-model-version', stored.tag)
    context.header('content-type', 'application/json')
    return context.body(predicted.bytes)
  }
