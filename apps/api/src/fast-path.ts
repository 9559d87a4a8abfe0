import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  type AuthenticateRequest,
  authorizeAtOnce,
  chargeAtOnce,
  type KeyLimits,
  rateLimitHeaders,
  type StoredKey,
  type Usage,
} from '@dsapi/auth'
import {
  countedLabel,
  type ModelRuntime,
  type Prediction,
  predictRow,
  type Row,
} from '@dsapi/inference'
import type { ServedModel, StoredModel } from '@dsapi/registry'
import type { AppDeps } from './app-deps.ts'
import { answerMany } from './endpoints/predict/predict-many.ts'
import { answerOne } from './endpoints/predict/predict-one.ts'
import { readRow } from './endpoints/predict/predict-path.ts'
import { smallBytes } from './endpoints/predict/thread-limits.ts'
import { type FastTarget, mayBeTarget, readTarget } from './fast-target.ts'
import { baseHeaders } from './http/base-headers.ts'
import { keepBegun } from './http/begun-answer.ts'
import type { FastPath } from './http/http-server.ts'
import type { Observe } from './http/middleware/observe.ts'
import { normalFormProblem } from './http/request-target.ts'
import { readTrace, type Trace } from './http/trace.ts'
import type { Metrics } from './metrics/metrics.ts'
import { servedVersions } from './models/asked-versions.ts'
import type { ModelAccess } from './models/model-access.ts'

type FastPathDeps = Pick<AppDeps['models'], 'answerRequest' | 'predictor' | 'recordPredictions'> &
  Pick<AppDeps['limits'], 'instancesBody'> &
  Pick<AppDeps['life'], 'isOverloaded'> & {
    readonly authenticate: AuthenticateRequest
    readonly rateLimits: KeyLimits['rateLimits']
    readonly usage: KeyLimits['usage'] & Pick<Usage, 'recordUse'>
    readonly access: Pick<ModelAccess, 'findNow' | 'find'>
    readonly metrics: Pick<Metrics, 'countPredictions'> & {
      readonly versions: Pick<Metrics['versions'], 'answered'>
    }
    readonly observe: Observe
  }

/** A request that the fast path answers. */
type FastRequest = {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly key: StoredKey
  readonly target: FastTarget
  readonly startedAt: number
}

/** Headers that say what is left of the limits of a key. */
type LimitHeaders = readonly string[]

const noLimits: LimitHeaders = []

/** Names and values in turn: the form that node:http writes fastest. */
const fixedHeaders = Object.entries({ ...baseHeaders, 'content-type': 'application/json' }).flat()

/**
 * Answers the most frequent requests without Hono: predictions of a row in the path, and of a small body, with valid input,
 * within those limits of the key that can be asked on the spot. It takes a third of the time of the general path. All other requests fall through to the general
 * path, which gives these requests the same answers. Nothing of a request is read before its key is authorized.
 */
export const createFastPath = (deps: FastPathDeps): FastPath => {
  const { authenticate, usage, access, metrics, observe, recordPredictions, isOverloaded } = deps
  const one = answerOne(deps)
  const many = answerMany(deps)

  const send = (
    { request, response, key, target, startedAt }: FastRequest,
    limits: LimitHeaders,
    trace: Trace,
    { tag, body }: { readonly tag: string; readonly body: string },
  ) => {
    usage.recordUse(key, Date.now())
    response.writeHead(200, [
      ...fixedHeaders,
      ...limits,
      'content-length',
      String(Buffer.byteLength(body)),
      'x-model-version',
      tag,
      'x-request-id',
      trace.requestId,
    ])
    response.end(body)
    const { method = '', url: path = '' } = request
    observe({ trace, keyId: key.id, method, path, route: target.route, status: 200, startedAt })
  }

  /** Takes a request from the limits of its key, once it is sure that it will be computed. */
  const chargeNow = ({ request, key }: FastRequest): LimitHeaders | undefined => {
    const allowances = chargeAtOnce(deps, request, key)
    if (allowances === undefined || allowances.length === 0) return allowances && noLimits
    return Object.entries(rateLimitHeaders(allowances)).flat()
  }

  /** Answers a row of a path on the spot. */
  const answerNow = (fast: FastRequest, served: StoredModel, base: string): boolean => {
    const { request, key, startedAt } = fast
    const { name, model, tag } = served
    const read = readRow(model.info, request.url ?? '', base)
    if (!read.ok) return false
    const limits = chargeNow(fast)
    if (limits === undefined) return false
    const prediction = predictNow(model, read.row)
    if (prediction === undefined) return false
    const trace = readTrace(request.headers)
    metrics.countPredictions(name, countedLabel(prediction), 1)
    metrics.versions.answered(served, 'request', (performance.now() - startedAt) / 1000)
    recordPredictions?.(
      {
        ...{ kind: 'single', ownerId: key.ownerId, requestId: trace.requestId, startedAt },
        ...{ modelName: name, model: tag },
      },
      [{ features: read.row, answer: prediction }],
    )
    send(fast, limits, trace, { tag, body: JSON.stringify(prediction) })
    return true
  }

  /** Answers in its own time. What goes wrong is kept for the general path, which has the form of errors. */
  const answerLater = async (fast: FastRequest, limits: LimitHeaders): Promise<boolean> => {
    const { request: incoming, response: outgoing, key, target, startedAt } = fast
    const trace = readTrace(incoming.headers)
    const request = { incoming, outgoing, ownerId: key.ownerId, requestId: trace.requestId }
    const modelOf = () => servedVersions(deps, key, target.name)
    const answer =
      target.type === 'row'
        ? one(request, modelOf, incoming.url ?? '', target.base)
        : many(request, modelOf, target.unknownMembers)
    keepBegun(incoming, { startedAt, trace, answer })
    try {
      const answered = await answer
      if (answered.type !== 'whole') return false
      const { tag, body } = answered
      const text = typeof body === 'string' ? body : Buffer.from(body).toString()
      send(fast, limits, trace, { tag, body: text })
      return true
    } catch {
      return false
    }
  }

  return (request, response) => {
    const { method = '', url = '', headers } = request
    if (!mayBeTarget(url) || headers.origin !== undefined) return false
    const startedAt = performance.now()
    const key = authorizeAtOnce(authenticate(request), 'predict')
    if (key === undefined || normalFormProblem(url) !== undefined) return false
    const target = readTarget(method, url)
    const versions = target && access.findNow(key, target.name)
    if (target === undefined || versions === undefined) return false
    const fast = { request, response, key, target, startedAt }
    if (target.type === 'row' && isAnsweredNow(versions)) {
      return answerNow(fast, versions.served, target.base)
    }
    if (target.type === 'body' && !hasSmallBody(request)) return false
    if (isOverloaded()) return false
    const limits = chargeNow(fast)
    return limits !== undefined && answerLater(fast, limits)
  }
}

/** Whether no versions are compared, and the model computes in this thread. */
const isAnsweredNow = ({ served, canary, shadow }: ServedModel) =>
  canary === undefined && shadow === undefined && served.model.predictSync !== undefined

const hasSmallBody = ({ headers }: IncomingMessage) =>
  headers['transfer-encoding'] === undefined && Number(headers['content-length']) <= smallBytes

/** Undefined where the model refuses the row or fails: the general path has the words for it. */
const predictNow = (model: ModelRuntime, row: Row): Prediction | undefined => {
  try {
    return predictRow(model, row)
  } catch {
    return undefined
  }
}
