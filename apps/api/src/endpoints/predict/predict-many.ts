import {
  type AnsweredPiece,
  countedLabels,
  predictRow,
  type UnknownMembers,
} from '@dsapi/inference'
import type { StoredModel } from '@dsapi/registry'
import type { Context } from 'hono'
import { disconnectSignal } from '../../http/disconnect-signal.ts'
import type { Env } from '../../http/env.ts'
import { type BodyLimit, readBytes } from '../../http/read-body.ts'
import { requestOwner } from '../../http/request-owner.ts'
import { beginStream, breakOff } from '../../http/stream-body.ts'
import type { Metrics } from '../../metrics/metrics.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'
import { exampleModel } from './example-model.ts'
import { exampleObject, exampleRow, exampleValues } from './example-rows.ts'
import type { Predictor } from './predictor.ts'
import type { RecordPredictions } from './record-predictions.ts'
import { streamAnswer, wholeAnswer } from './stream-answer.ts'

type InstancesDeps = {
  readonly predictor: Predictor
  readonly metrics: Metrics
  /** Only where predictions are logged. */
  readonly recordPredictions: RecordPredictions | undefined
  readonly instancesBody: BodyLimit
}

/** How many rows of a request are logged at most, so that one of a million does not crowd out all others. */
const mostLogged = 1000
/** Half a megabyte must be taken within it. */
const longestWaitMs = 30_000

/**
 * Makes what answers many rows at once for any model: `{"instances": […]}` is answered with `{"predictions": […]}`, in
 * order.
 */
export const answerMany = (deps: InstancesDeps) => {
  const { predictor, recordPredictions, instancesBody } = deps
  return async (
    context: Context<Env>,
    modelOf: () => StoredModel,
    unknownMembers: UnknownMembers,
  ): Promise<Response> => {
    const response = context.env.outgoing
    const body = await readBytes(context, instancesBody)
    const startedAt = performance.now()
    const stored = modelOf()
    const pieces = counted(
      deps,
      { ...requestOwner(context), startedAt, stored },
      await predictor.predict(stored, body, {
        sampleSize: recordPredictions ? mostLogged : 0,
        unknownMembers,
        signal: disconnectSignal(response),
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

/** Passes pieces on after their predictions are counted and recorded. */
async function* counted(
  { metrics, recordPredictions }: InstancesDeps,
  { stored, ...request }: Asked,
  pieces: AsyncGenerator<AnsweredPiece, void>,
): AsyncGenerator<AnsweredPiece, void> {
  for await (const piece of pieces) {
    for (const [index, label] of countedLabels(stored.model.info).entries()) {
      metrics.countPredictions(label, piece.counts[index])
    }
    recordPredictions?.({ kind: 'instances', ...request, model: stored.tag }, piece.sample)
    yield piece
  }
}

const describe = ({ model }: StoredModel): Description => {
  const { features } = model.info
  const example = exampleModel(model)
  const predictions = ([1, 0] as const).map((number) =>
    predictRow(example, exampleRow(features, number)),
  )
  return {
    tag: 'Predictions',
    summary: 'Predict many rows',
    description:
      'Each row is an array in the order of the features, or an object by their names. Where the model takes missing values, null or an absent member stands for one. The answer has one prediction for each row, in the same order.',
    body: { required: true, content: jsonOf('Instances') },
    answers: {
      200: {
        description: 'One prediction for each row',
        headers: ['X-Model-Version'],
        content: jsonOf('Predictions'),
      },
    },
    errors: [
      {
        code: 'invalid_body',
        message: 'Invalid request body',
        detail: [{ field: 'instances', message: 'must be an array of rows' }],
        body: { type: json, value: { rows: [] } },
      },
      'body_too_large',
      'request_timeout',
      'model_failed',
      'unavailable',
    ],
    examples: [
      {
        name: 'rows',
        body: {
          type: json,
          value: { instances: [exampleValues(features, 1), exampleObject(features, 0)] },
        },
        status: 200,
        answer: { type: json, value: { predictions } },
      },
    ],
  }
}

/** `POST /predict`. */
export const predictMany: Endpoint = {
  id: 'predictMany',
  method: 'post',
  path: '/predict',
  access: 'predict',
  handle: ({ models, observe, limits }) => {
    const answer = answerMany({ ...models, ...observe, ...limits })
    return (context) => answer(context, models.currentModel, 'ignored')
  },
  describe,
}
