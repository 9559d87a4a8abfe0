import type { Refuse } from '@dsapi/auth'
import { ApiError, answerError } from './errors.ts'

/** RFC 9110, section 11.6.1: what would be accepted. */
const challenge = 'Bearer realm="dsapi", ApiKey realm="dsapi", header="X-API-Key"'

const missing = new ApiError('missing_api_key', 'No API Key provided', {
  headers: { 'www-authenticate': challenge },
})
const invalid = new ApiError('invalid_api_key', 'Invalid API Key', {
  headers: { 'www-authenticate': challenge },
})

const overloaded = new ApiError('unavailable', 'The server is overloaded. Try again later', {
  headers: { 'retry-after': '1' },
})

/** Answers a request that authentication or a scope rejects. */
export const reject: Refuse = (context, refusal) => {
  switch (refusal.reason) {
    case 'missing':
      return answerError(context, missing)
    case 'invalid':
      return answerError(context, invalid)
    case 'overloaded':
      return answerError(context, overloaded)
    case 'unscoped': {
      const { scope } = refusal
      // RFC 6750, section 3.1.
      const headers = {
        'www-authenticate': `Bearer realm="dsapi", error="insufficient_scope", scope="${scope}"`,
      }
      const message = `This API Key lacks the scope ${scope}`
      return answerError(context, new ApiError('forbidden', message, { headers }))
    }
    case 'limited': {
      const { policy, quota, resetSeconds } = refusal.allowance
      const per = policy === 'day' ? 'a day' : `in ${refusal.allowance.windowSeconds} seconds`
      const message = `Too many requests: this API Key has ${quota} ${per}`
      const headers = { 'retry-after': String(resetSeconds) }
      return answerError(context, new ApiError('rate_limited', message, { headers }))
    }
  }
}
