import type { StoredModel } from '@dsapi/registry'
import type { Context } from 'hono'
import { clientGone } from '../../http/client-gone.ts'
import type { Env } from '../../http/env.ts'
import { type BodyLimit, readBytes } from '../../http/read-body.ts'
import { requestOwner } from '../../http/request-owner.ts'
import { beginStream, breakOff } from '../../http/stream-body.ts'
import type { PredictedPiece } from '../../instances/predict-bytes.ts'
import type { Predictor } from '../../instances/predictor.ts'
import { streamAnswer, wholeAnswer } from '../../instances/stream-answer.ts'
import type { Metrics } from '../../metrics/metrics.ts'
import type { RecordPredictions } from './record-predictions.ts'

type InstancesDeps = {
  readonly predictor: Predictor
  readonly currentModel: () => StoredModel
  readonly metrics: Metrics
  /** Only where predictions are logged. */
  readonly recordPredictions: RecordPredictions | undefined
  readonly instancesBody: BodyLimit
}

/** How many rows of a request are logged at most, so that one of a million does not crowd out all others. */
const mostLogged = 1000
/** Half a megabyte must be taken within it. */
const longestWaitMs = 30_000

/** Predicts many rows at once: `{"instances": […]}` is answered with `{"predictions": […]}`, in order. */
export const predictMany = (deps: InstancesDeps) => {
  const { predictor, currentModel, recordPredictions, instancesBody } = deps
  return async (context: Context<Env>): Promise<Response> => {
    const response = context.env.outgoing
    const body = await readBytes(context, instancesBody)
    const startedAt = performance.now()
    const stored = currentModel()
    const pieces = counted(
      deps,
      { ...requestOwner(context), startedAt, stored },
      await predictor.predict(stored, body, {
        sampleSize: recordPredictions ? mostLogged : 0,
        signal: clientGone(response),
      }),
    )
    // What goes wrong with the first piece can still be answered with an error.
    const [first, second] = [await pieces.next(), await pieces.next()]
    context.header('x-model-version', stored.tag)
    context.header('content-type', 'application/json')
    if (first.done) return context.body(wholeAnswer([]))
    if (second.done) return context.body(wholeAnswer([first.value]))
    beginStream(context)
    const onError = (error: unknown) => breakOff(context, error)
    const streamed = { response, onError, longestWaitMs }
    return context.body(streamAnswer([first.value, second.value], pieces, streamed))
  }
}

type Asked = ReturnType<typeof requestOwner> & {
  readonly startedAt: number
  readonly stored: StoredModel
}

/** Passes pieces on once their predictions are counted and noted. */
async function* counted(
  { metrics, recordPredictions }: InstancesDeps,
  { stored, ...request }: Asked,
  pieces: AsyncGenerator<PredictedPiece, void>,
): AsyncGenerator<PredictedPiece, void> {
  for await (const piece of pieces) {
    for (const [index, label] of stored.model.classes.entries()) {
      metrics.countPredictions(label, piece.counts[index])
    }
    recordPredictions?.({ kind: 'instances', ...request, model: stored.tag }, piece.sample)
    yield piece
  }
}
