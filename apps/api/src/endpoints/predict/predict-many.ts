import {
  type AnsweredPiece,
  type AnsweredRow,
  predictRow,
  type UnknownMembers,
} from '@dsapi/inference'
import { defaultModel, type StoredModel } from '@dsapi/registry'
import type { AppDeps } from '../../app-deps.ts'
import type { Answered } from '../../http/begun-answer.ts'
import { disconnectSignal } from '../../http/disconnect-signal.ts'
import { type BodyLimit, readBytes } from '../../http/read-body.ts'
import type { Metrics } from '../../metrics/metrics.ts'
import type { AskedVersions } from '../../models/answer-requests.ts'
import { servedVersions } from '../../models/asked-versions.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'
import { countAnswer, mostLogged } from './count-answer.ts'
import { exampleModel } from './example-model.ts'
import { exampleObject, exampleRow, exampleValues } from './example-rows.ts'
import { answerPredictions, type PredictionRequest } from './prediction-request.ts'
import { wholeAnswer } from './stream-answer.ts'
import { smallBytes } from './thread-limits.ts'

type InstancesDeps = Pick<
  AppDeps['models'],
  'answerRequest' | 'predictor' | 'recordPredictions'
> & {
  readonly metrics: Pick<Metrics, 'countPredictions'>
  readonly instancesBody: BodyLimit
}

/**
 * Makes what answers many rows at once for any model: `{"instances": […]}` is answered with `{"predictions": […]}`, in
 * order.
 */
export const answerMany = (deps: InstancesDeps) => {
  const { answerRequest, predictor, recordPredictions, instancesBody } = deps
  return async (
    request: PredictionRequest,
    modelOf: () => Promise<AskedVersions>,
    unknownMembers: UnknownMembers,
  ): Promise<Answered> => {
    const body = await readBytes(request, instancesBody)
    const startedAt = performance.now()
    const logged = recordPredictions ? mostLogged : 0
    const signal = disconnectSignal(request.outgoing)
    const isRepeatable = body.bytes.byteLength <= smallBytes
    // What goes wrong with the first piece can still be answered with an error, or by another version.
    const begin = async (version: StoredModel, sampleSize: number): Promise<Begun> => {
      const bytes = isRepeatable ? body.bytes.slice() : body.bytes
      const options = {
        ...{ ownerId: request.ownerId, sampleSize: Math.max(logged, sampleSize) },
        ...{ unknownMembers, signal },
      }
      const pieces = await predictor.predict(version, { ...body, bytes }, options)
      const [first, second] = [await pieces.next(), await pieces.next()]
      const begun = [first, second].flatMap(({ done, value }) => (done ? [] : [value]))
      return { begun, rest: pieces, rows: begun.flatMap(({ sample }) => sample) }
    }
    const { stored, answered } = await answerRequest(await modelOf(), begin, { isRepeatable })
    const observe = observing(deps, { request, startedAt, stored })
    const { begun, rest } = answered
    for (const piece of begun) observe(piece)
    const [first, second] = begun
    const { tag } = stored
    return second === undefined
      ? { type: 'whole', tag, body: wholeAnswer(begun) }
      : { type: 'pieces', tag, first: [first, second], rest: observed(rest, observe) }
  }
}

/** The first two pieces of an answer, if there are as many, and those that follow. */
type Begun = {
  readonly begun: readonly AnsweredPiece[]
  readonly rest: AsyncGenerator<AnsweredPiece, void>
  readonly rows: readonly AnsweredRow[]
}

type Asked = {
  readonly request: PredictionRequest
  readonly startedAt: number
  readonly stored: StoredModel
}

/** Makes what counts and records the predictions of a piece. */
const observing = (
  { metrics, recordPredictions }: InstancesDeps,
  { stored, request: { ownerId, requestId }, startedAt }: Asked,
) => {
  const { name, tag } = stored
  const request = { ownerId, requestId, startedAt, modelName: name, model: tag }
  return (piece: AnsweredPiece): void => {
    countAnswer(metrics, stored, piece.counts)
    recordPredictions?.({ kind: 'instances', ...request }, piece.sample)
  }
}

/** Passes pieces on after they are observed. */
async function* observed(
  pieces: AsyncGenerator<AnsweredPiece, void>,
  observe: (piece: AnsweredPiece) => void,
): AsyncGenerator<AnsweredPiece, void> {
  for await (const piece of pieces) {
    observe(piece)
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
    return (context) =>
      answerPredictions(context, (request) => {
        const modelOf = () => servedVersions(models, context.get('key'), defaultModel)
        return answer(request, modelOf, 'ignored')
      })
  },
  describe,
}
