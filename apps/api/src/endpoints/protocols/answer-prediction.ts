import type { Protocol } from '@dsapi/inference'
import { releaseMemory } from '@dsapi/inference/threads'
import type { StoredModel } from '@dsapi/registry'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import { answerWritten } from '../../http/answer-written.ts'
import { compressAnswer } from '../../http/compress-answer.ts'
import { disconnectSignal } from '../../http/disconnect-signal.ts'
import type { Env } from '../../http/env.ts'
import { platformOf } from '../../http/platform.ts'
import { readEncodedBytes } from '../../http/read-encoded-body.ts'
import { requestOwner } from '../../http/request-owner.ts'
import { countAnswer, mostLogged } from '../predict/count-answer.ts'
import { smallBytes } from '../predict/thread-limits.ts'
import { findVersions, type ModelInPath } from './find-model.ts'
import { headersFor } from './protocol-request.ts'

/** Answers a request for predictions in the form of a protocol. */
export const answerPrediction =
  ({ models, observe, limits }: AppDeps, protocol: Protocol) =>
  async (context: Context<Env>, asked: ModelInPath): Promise<Response> => {
    const { answerRequest, predictor, recordPredictions } = models
    const { incoming, outgoing } = context.env
    const versions = await findVersions(models, context.get('key'), asked)
    const { bytes, held } = await readEncodedBytes(context, limits.instancesBody)
    const startedAt = performance.now()
    const platform = platformOf(incoming)
    const request = {
      body: bytes,
      headers: headersFor(protocol, incoming.headers),
      ...(platform && { platform }),
    }
    const logged = recordPredictions ? mostLogged : 0
    const signal = disconnectSignal(outgoing)
    const answer = async (version: StoredModel, sampleSize: number) => {
      const { ownerId } = requestOwner(context)
      const options = { ownerId, sampleSize: Math.max(logged, sampleSize), signal }
      const { written, counts, sample } = await predictor.answer(
        version,
        protocol,
        request,
        options,
      )
      return { written, counts, rows: sample }
    }
    const isRepeatable = bytes.byteLength <= smallBytes
    const { stored, answered } = await answerRequest(versions, answer, { isRepeatable })
    held.hold(answered.written.body.length)
    countAnswer(observe.metrics, stored, answered.counts)
    const of = { kind: 'instances', modelName: stored.name, model: stored.tag, startedAt } as const
    recordPredictions?.({ ...of, ...requestOwner(context) }, answered.rows)
    context.header('x-model-version', stored.tag)
    const coding = context.req.header('accept-encoding')
    const written = await compressAnswer(answered.written, coding)
    outgoing.once('close', () => releaseMemory(written.body))
    return answerWritten(context, written)
  }
