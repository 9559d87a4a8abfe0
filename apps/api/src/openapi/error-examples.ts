import type { FieldProblem } from '@dsapi/inference'
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
    when: 'the key is unknown, malformed, disabled, expired or revoked, or the request has two keys',
    message: 'Invalid API Key',
  },
  no_session: {
    when: 'a request below `/console` has no session, or its session has ended',
    message: 'Sign in to the console first',
  },
  forbidden: {
    when: 'the key lacks the required scope',
    message: 'This API Key lacks the scope admin',
  },
  cross_site: {
    when: 'a request below `/console` was sent by a page of another server, or by a program',
    message: 'Only pages of this server may send this request',
  },
  insecure_transport: {
    when: 'a browser signs in over plain HTTP from another machine',
    message: 'Sign in over HTTPS, or on the machine of the server',
  },
  rate_limited: {
    when: 'the key has used up its rate limit or its daily quota; retry after Retry-After seconds',
    message: 'Too many requests: this API Key has 1 in 3600 seconds',
  },
  too_many_jobs: {
    when: 'as many jobs of the key are waiting as its limit allows; retry after Retry-After seconds',
    message:
      'Too many jobs of this API Key are waiting: its limit is 1. Wait until some have started, or cancel some',
  },
  invalid_features: {
    when: 'a value in the path is not of the type of its feature, such as a finite decimal number, or the model refuses it',
    message: 'Input features were not valid floats',
    detail: [{ field: 'feature_b', message: 'must be a finite decimal number' }],
  },
  invalid_body: {
    when: 'the body is not valid JSON, or a field in it is missing, unknown or wrong',
    message: 'The body is not valid JSON',
  },
  invalid_query: {
    when: 'a query parameter is wrong',
    message: 'Invalid query',
    detail: [{ field: 'limit', message: 'Too small: expected number to be >=1' }],
  },
  invalid_request: {
    when: 'the request is not valid HTTP, its Host header is malformed, or its path is not in normal form; the status may also be 408, 417, 431 or 501',
    message: 'The Host header must name one host, with an optional port',
  },
  body_too_large: {
    when: 'the body is larger than the limit of the server',
    message: 'The body is larger than 1048576 bytes',
  },
  request_timeout: {
    when: 'the body did not arrive within 30 seconds',
    message: 'The body took too long to arrive',
  },
  not_found: {
    when: 'the path, the job, the delivery, the key or the model does not exist, the job or the delivery belongs to another key, or the key is bound to other models',
    message: 'Not found',
  },
  not_ready: {
    when: 'the job has not ended yet; retry after Retry-After seconds',
    message: 'The result is not ready yet',
  },
  method_not_allowed: {
    when: 'the path does not have this method; the Allow header lists its methods',
    message: 'This path does not have this method. Use GET, HEAD',
  },
  conflict: {
    when: 'the state of the job, the key or the model does not allow the operation',
    message: 'The job has already ended with the state succeeded',
  },
  gone: {
    when: 'the job was cancelled, or its result was deleted because its retention time was over',
    message: 'The job was cancelled',
  },
  idempotency_conflict: {
    when: 'the Idempotency-Key was used before with another body',
    message: 'This Idempotency-Key was used for another request',
  },
  model_refused: {
    when: 'the file cannot be served as a model; `reason` is `not_a_model`, `unreadable`, `missing_engine`, `wrong_samples` or `code`, and the message says what to do',
    message: 'The file is empty',
  },
  unsupported_media_type: {
    when: 'the body has a Content-Encoding that is not taken, or a Content-Type: a batch must be CSV or NDJSON',
    message: 'A batch must be CSV (Content-Type: text/csv) or NDJSON (application/x-ndjson)',
  },
  queue_full: {
    when: 'too many jobs are waiting; retry after Retry-After seconds',
    message: 'Too many jobs are waiting. Try again later',
  },
  prediction_failed: {
    when: 'the job failed in its last attempt; the message has the reason',
    message: 'The prediction failed: the worker ran out of memory',
  },
  model_failed: {
    when: 'the model failed for these rows: its code raised an error, took too long, or answered with a number that is not finite; the log has the reason',
    message: 'The model failed at row 3',
  },
  unavailable: {
    when: 'the server is overloaded, has no memory left for the request, cannot write to the database, or the engine of the model is being started; retry after Retry-After seconds',
    message: 'The database cannot be written at the moment. Try again later',
  },
  internal: {
    when: 'the server failed unexpectedly; the log has the request id',
    message: 'Internal server error',
  },
  deadline_exceeded: {
    when: 'a request of a protocol took longer than DSAPI_PREDICT_SECONDS to predict; send fewer rows at a time',
    message: 'Predicting the rows took longer than 10 seconds: send fewer at a time',
  },
  not_implemented: {
    when: 'a protocol has the operation, and this server does it in another way',
    message:
      'A model is not unloaded by a request. Remove its versions with dsapi model remove, or serve another one',
  },
}
