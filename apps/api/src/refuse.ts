import type { Context } from 'hono'
import { ApiError, answerError } from './errors.ts'

const headers = { 'www-authenticate': 'ApiKey realm="dsapi", header="X-API-Key"' }

const refusals = {
  missing: new ApiError('missing_api_key', 'No API Key provided', { headers }),
  invalid: new ApiError('invalid_api_key', 'Invalid API Key', { headers }),
}

/** The answer to a request without a key, or with one that does not open this door. */
export const refuse = (context: Context, reason: 'missing' | 'invalid'): Response =>
  answerError(context, refusals[reason])
