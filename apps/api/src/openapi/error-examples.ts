import type { FieldProblem } from '@dsapi/registry'
import type { ErrorCode } from '../http/errors.ts'

type ErrorExample = {
  readonly when: string
  readonly message: string
  readonly detail?: readonly FieldProblem[]
}

/** Each error with when it comes, and what it says then. */
export const errorExamples: Readonly<Record<ErrorCode, ErrorExample>> = {
  missing_api_key: { when: 'the request has no key', message: 'No API Key provided' },
  invalid_api_key: {
    when: 'the key is unknown, malformed, disabled, expired or revoked, or there are two',
    message: 'Invalid API Key',
  },
  forbidden: {
    when: 'the key lacks the scope',
    message: 'This API Key may not do this: it lacks the scope admin',
  },
  rate_limited: {
    when: 'the key has used up its rate or its daily quota; wait for Retry-After',
    message: 'Too many requests: this API Key has 1 in 3600 seconds',
  },
  invalid_features: {
    when: 'a value in the path is no finite decimal number',
    message: 'Input features were not valid floats',
    detail: [{ field: 'feature_b', message: 'must be a finite decimal number' }],
  },
  invalid_body: {
    when: 'the body is not JSON, or a member of it is not what it should be',
    message: 'The body is not valid JSON',
  },
  invalid_query: {
    when: 'a parameter of the query is not what it should be',
    message: 'Invalid query',
    detail: [{ field: 'limit', message: 'Too small: expected number to be >=1' }],
  },
  invalid_request: {
    when: 'it is not HTTP, its Host header is malformed, or its path is not in normal form; 408, 431 and 501 too',
    message: 'The Host header must name one host, and a port if there is one',
  },
  body_too_large: {
    when: 'the body is larger than the server takes',
    message: 'The body is larger than 1048576 bytes',
  },
  request_timeout: {
    when: 'the body was not there after 30 seconds',
    message: 'The body took too long to arrive',
  },
  not_found: {
    when: "there is no such path, job or key, or it is another key's",
    message: 'Not found',
  },
  not_ready: {
    when: 'the job has not ended yet; ask again after Retry-After',
    message: 'The prediction is not ready yet',
  },
  method_not_allowed: {
    when: 'the path has other methods, which Allow names',
    message: 'Method not allowed here: use GET, HEAD',
  },
  conflict: {
    when: 'it has ended already, or is not in the state for this',
    message: 'The job has succeeded already',
  },
  gone: {
    when: 'it was cancelled, or has been cleared away after its time',
    message: 'The prediction was cancelled',
  },
  idempotency_conflict: {
    when: 'this Idempotency-Key came before, with another body',
    message: 'This Idempotency-Key was used for another request',
  },
  unsupported_media_type: {
    when: 'the body is compressed, or a batch is neither CSV nor NDJSON',
    message: 'A batch is CSV (Content-Type: text/csv) or NDJSON (application/x-ndjson)',
  },
  queue_full: {
    when: 'too many jobs wait already; try again after Retry-After',
    message: 'Too many jobs are waiting: try again later',
  },
  prediction_failed: {
    when: 'the job has used up its attempts; the message says why',
    message: 'The prediction failed: the worker ran out of memory',
  },
  unavailable: {
    when: 'the database cannot be written for the moment, or too many large bodies wait',
    message: 'The database cannot be written at the moment: try again',
  },
  internal: { when: 'something broke inside', message: 'Internal server error' },
}
