import type { Context } from 'hono'
import { type Answered, begunOf } from '../../http/begun-answer.ts'
import type { Env } from '../../http/env.ts'
import type { Exchange } from '../../http/read-body.ts'
import { requestOwner } from '../../http/request-owner.ts'
import { beginStream, breakOff } from '../../http/stream-body.ts'
import { streamAnswer } from './stream-answer.ts'

/** A request for predictions: which it is, and whose. */
export type PredictionRequest = Exchange & ReturnType<typeof requestOwner>

/** Half a megabyte must be taken within it. */
const longestWaitMs = 30_000

/** Answers on the general path: with what the fast path has begun, else with what is begun now. */
export const answerPredictions = async (
  context: Context<Env>,
  begin: (request: PredictionRequest) => Promise<Answered>,
): Promise<Response> => {
  const { incoming, outgoing } = context.env
  const request = { incoming, outgoing, ...requestOwner(context) }
  const answered = await (begunOf(incoming)?.answer ?? begin(request))
  context.header('x-model-version', answered.tag)
  context.header('content-type', 'application/json')
  if (answered.type === 'whole') return context.body(answered.body)
  beginStream(context)
  const onError = (error: unknown) => breakOff(context, error)
  const streamed = { response: outgoing, onError, longestWaitMs }
  return context.body(streamAnswer(answered.first, answered.rest, streamed))
}
