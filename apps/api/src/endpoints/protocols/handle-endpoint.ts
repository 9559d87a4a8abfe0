import { listModelVersions } from '@dsapi/db'
import { matchPath, type Protocol, type ProtocolEndpoint } from '@dsapi/inference'
import type { StoredModel } from '@dsapi/registry'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import { answerWritten } from '../../http/answer-written.ts'
import type { Env } from '../../http/env.ts'
import { ApiError, invalidBody } from '../../http/errors.ts'
import { targetOf } from '../../http/hidden-paths.ts'
import { apiVersion } from '../../openapi/api-version.ts'
import { isReady } from '../operating/readiness.ts'
import { answerPrediction } from './answer-prediction.ts'
import {
  anyModel,
  findLoaded,
  findVersions,
  listedModels,
  type ModelInPath,
  modelState,
} from './find-model.ts'
import { readSmallRequest } from './protocol-request.ts'
import { serveAsked } from './serve-version.ts'

type Handle = (context: Context<Env>) => Response | Promise<Response>

/** Makes what answers an endpoint of a protocol: what it does decides who computes, the protocol how it is written. */
export const handleEndpoint = (
  deps: AppDeps,
  protocol: Protocol,
  endpoint: ProtocolEndpoint,
): Handle => {
  const { db, models, life, limits } = deps
  const askedIn = (context: Context<Env>): ModelInPath =>
    matchPath(endpoint.path, targetOf(context.env.incoming).path) ?? {}
  const stateOf = async (stored: StoredModel) => {
    const versions = await listModelVersions(db, stored.name)
    return modelState(stored, versions.map(({ version }) => String(version)).toReversed())
  }

  switch (endpoint.does) {
    case 'predict': {
      const answer = answerPrediction(deps, protocol)
      return (context) => answer(context, askedIn(context))
    }
    case 'server':
      return async (context) => {
        const asked = askedIn(context)
        if (asked.model !== undefined) await findVersions(models, context.get('key'), asked)
        const request = await readSmallRequest(context, protocol, limits)
        const listed = listedModels(models, context.get('key'))
        const server = { version: apiVersion, ready: !life.draining.aborted, models: listed }
        return answerWritten(context, endpoint.write(server, request))
      }
    case 'health':
      return async (context) => {
        const listed = listedModels(models, anyModel)
        const server = { version: apiVersion, ready: await isReady(deps), models: listed }
        return answerWritten(context, endpoint.write(server))
      }
    case 'model':
      return async (context) => {
        const asked = await findVersions(models, context.get('key'), askedIn(context))
        const stored = asked.type === 'exactly' ? asked.stored : asked.versions.served
        return answerWritten(context, endpoint.write(await stateOf(stored)))
      }
    case 'model-health':
      return async (context) => {
        const stored = await findLoaded(models, askedIn(context))
        return answerWritten(context, endpoint.write(modelState(stored, [])))
      }
    case 'serve':
      return async (context) => {
        const version = endpoint.version(await readSmallRequest(context, protocol, limits))
        if (!version.ok) throw invalidBody([version])
        const asked = { ...askedIn(context), ...(version.value && { version: version.value }) }
        return answerWritten(
          context,
          endpoint.write(await stateOf(await serveAsked(deps, context, asked))),
        )
      }
    case 'nothing':
      return () => {
        throw new ApiError('not_implemented', endpoint.instead)
      }
  }
}
