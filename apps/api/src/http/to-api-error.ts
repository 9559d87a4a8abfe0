import { KeyError } from '@dsapi/auth'
import { DatabaseUnreachableError, isUnwritable } from '@dsapi/db'
import { EngineUnavailableError } from '@dsapi/inference'
import {
  ModelChangeError,
  ModelRefusedError,
  VersionInUseError,
  VersionNotFoundError,
} from '@dsapi/registry'
import type { Logger } from '@dsapi/telemetry'
import type { Context } from 'hono'
import { unknownModel, unknownVersion } from '../models/model-access.ts'
import type { Env } from './env.ts'
import { ApiError } from './errors.ts'
import { modelError } from './model-error.ts'

/** Turns any error into an answer. An unexpected error is logged in full, and its answer has only the request id. */
export const toApiError = (error: Error, context: Context<Env>, logger: Logger): ApiError => {
  if (error instanceof ApiError) return error
  if (error instanceof KeyError) {
    return new ApiError(error.code === 'unknown_key' ? 'not_found' : 'conflict', error.message)
  }
  const ofRegistry = toRegistryError(error)
  if (ofRegistry !== undefined) return ofRegistry
  // An outage of the database or of an engine is logged once, not for each request.
  if (!(error instanceof DatabaseUnreachableError || error instanceof EngineUnavailableError)) {
    logger.error({ err: error, requestId: context.get('trace').requestId }, 'Request failed')
  }
  const failed = modelError(error)
  if (failed !== undefined) return failed
  if (!isUnwritable(error)) return new ApiError('internal', 'Internal server error')
  return new ApiError(
    'unavailable',
    'The database cannot be written at the moment. Try again later',
    {
      headers: { 'retry-after': '1' },
    },
  )
}

/** Why models were not changed as a request asked; undefined for any other error. */
const toRegistryError = (error: Error): ApiError | undefined => {
  if (error instanceof ModelRefusedError) {
    const { code: reason, message } = error
    return reason === 'too_large'
      ? new ApiError('body_too_large', message, { headers: { connection: 'close' } })
      : new ApiError('model_refused', message, { reason })
  }
  if (error instanceof VersionNotFoundError) {
    return error.version === undefined ? unknownModel(error.model) : unknownVersion()
  }
  if (error instanceof VersionInUseError || error instanceof ModelChangeError) {
    return new ApiError('conflict', error.message)
  }
  return undefined
}
