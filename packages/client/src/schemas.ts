// Made of the OpenAPI document by a test of apps/api, client/schemas.test.ts; `vitest run -u` writes it anew.

/** A row by the names of the model's features; other members are ignored */
export type Features = Readonly<Record<string, number | string>>

export type Instances = {
  readonly instances: readonly (Features | readonly (number | string)[])[]
}

export type NewKey = {
  readonly name: string
  readonly note?: string
  readonly scopes?: readonly ('predict' | 'jobs' | 'admin')[]
  /** A number of requests in a span, such as 100/s, 600/m, 1000/h or 50000/d */
  readonly rate?: string
  readonly daily_quota?: number
  /** A span of time such as 90d, 24h, 30m or 45s */
  readonly expires_in?: string
}

export type Rotation = {
  /** A span of time such as 90d, 24h, 30m or 45s */
  readonly grace?: string
}

/** One of the classes of the model */
export type Class = number | string

export type Prediction = {
  readonly class: Class
  /** In the order of the classes, as `Class` lists them */
  readonly class_probabilities: readonly number[]
}

export type Predictions = {
  readonly predictions: readonly Prediction[]
}

export type SlowPrediction = {
  readonly class: Class
}

export type Job = {
  readonly id: string
  readonly kind: 'slow-prediction' | 'batch'
  readonly state: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled'
  /** How many attempts have begun */
  readonly attempts: number
  /** The model that the job was accepted for and is computed with. Jobs that an older version of dsapi accepted have none */
  readonly model_version?: string
  readonly created_at: string
  /** When the last attempt began */
  readonly started_at: string | null
  readonly finished_at: string | null
  /** When what came of it was cleared away after its time */
  readonly cleared_at?: string
  readonly progress?: number | null
  readonly result?: SlowResult | BatchSummary
  /** Why it failed */
  readonly error?: string
}

export type JobList = {
  readonly jobs: readonly Job[]
  /** Where to go on, if there are more */
  readonly next_cursor?: string
}

export type JobStats = {
  readonly counts: {
    readonly queued: number
    readonly running: number
    readonly succeeded: number
    readonly failed: number
    readonly cancelled: number
  }
  readonly oldest_queued_seconds: number | null
}

export type Submitted = {
  readonly id: string
}

export type SlowResult = {
  readonly class: Class
  /** In the order of the classes, as `Class` lists them */
  readonly class_probabilities: readonly number[]
  readonly model_version: string
}

/** What is known of the result of a batch; its rows are a download */
export type BatchSummary = {
  readonly model_version: string
  readonly rows: number
  readonly failed_rows: number
  /** The first line of the result */
  readonly header: string
  /** The classes of the model, each as the number or the text that it is. Results of older versions of dsapi have none */
  readonly classes?: readonly (number | string)[]
  readonly chunks: number
}

/** All that is known of a key but the key itself */
export type Key = {
  readonly id: string
  readonly name: string
  /** Its first and last characters */
  readonly key: string
  readonly state: 'active' | 'disabled' | 'expired' | 'revoked'
  readonly scopes: readonly ('predict' | 'jobs' | 'admin')[]
  readonly rate: string | null
  readonly daily_quota: number | null
  readonly note: string
  readonly created_by: string
  readonly created_at: string | null
  readonly expires_at: string | null
  readonly disabled_at: string | null
  readonly revoked_at: string | null
  /** To the minute */
  readonly last_used_at: string | null
  /** The key that a rotation put in its place */
  readonly replaced_by: string | null
}

export type MadeKey = {
  readonly id: string
  readonly name: string
  /** The key itself, this once */
  readonly key: string
  readonly state: 'active' | 'disabled' | 'expired' | 'revoked'
  readonly scopes: readonly ('predict' | 'jobs' | 'admin')[]
  readonly rate: string | null
  readonly daily_quota: number | null
  readonly note: string
  readonly created_by: string
  readonly created_at: string | null
  readonly expires_at: string | null
  readonly disabled_at: string | null
  readonly revoked_at: string | null
  /** To the minute */
  readonly last_used_at: string | null
  /** The key that a rotation put in its place */
  readonly replaced_by: string | null
}

/** What the holder of a key may know of it */
export type OwnKey = {
  readonly id: string
  readonly name: string
  /** Its first and last characters */
  readonly key: string
  readonly state: 'active' | 'disabled' | 'expired' | 'revoked'
  readonly scopes: readonly ('predict' | 'jobs' | 'admin')[]
  readonly rate: string | null
  readonly daily_quota: number | null
  readonly created_by: string
  readonly created_at: string | null
  readonly expires_at: string | null
  readonly disabled_at: string | null
  readonly revoked_at: string | null
  /** To the minute */
  readonly last_used_at: string | null
  /** The key that a rotation put in its place */
  readonly replaced_by: string | null
  /** All keys of its line of rotations, the oldest first, itself among them. They share jobs and limits */
  readonly line: readonly {
    readonly id: string
    readonly name: string
    /** Its first and last characters */
    readonly key: string
    readonly state: 'active' | 'disabled' | 'expired' | 'revoked'
    readonly scopes: readonly ('predict' | 'jobs' | 'admin')[]
    readonly rate: string | null
    readonly daily_quota: number | null
    readonly created_by: string
    readonly created_at: string | null
    readonly expires_at: string | null
    readonly disabled_at: string | null
    readonly revoked_at: string | null
    /** To the minute */
    readonly last_used_at: string | null
    /** The key that a rotation put in its place */
    readonly replaced_by: string | null
  }[]
  /** What was done to the keys of the line, and by whom, the newest first */
  readonly history: readonly AuditEntry[]
}

export type KeyList = {
  readonly keys: readonly Key[]
}

export type AuditEntry = {
  readonly id: number
  readonly at: string
  /** `cli:` and a person, or `key:` and the id of a key */
  readonly actor: string
  readonly action: 'create' | 'rotate' | 'disable' | 'enable' | 'revoke'
  readonly key_id: string
  readonly detail: Readonly<Record<string, unknown>>
}

export type AuditList = {
  readonly audit: readonly AuditEntry[]
  /** Where to go on, if there are more */
  readonly next_cursor?: string
}

export type Alive = {
  readonly status: 'ok'
}

export type Ready = {
  readonly status: 'ready' | 'degraded' | 'unavailable' | 'stopping'
  readonly checks: {
    readonly database: 'ok' | 'unusable'
    readonly model: 'ok' | 'missing' | 'unknown'
    readonly redis: 'unused' | 'ok' | 'away'
  }
}

/** What went wrong, in a word that stays the same:
 *
 * - `missing_api_key` (401): the request has no key
 * - `invalid_api_key` (401): the key is unknown, malformed, disabled, expired or revoked, or there are two
 * - `forbidden` (403): the key lacks the scope
 * - `rate_limited` (429): the key has used up its rate or its daily quota; wait for Retry-After
 * - `invalid_features` (400): a value in the path is no finite decimal number
 * - `invalid_body` (400): the body is not JSON, or a member of it is not what it should be
 * - `invalid_query` (400): a parameter of the query is not what it should be
 * - `invalid_request` (400): it is not HTTP, its Host header is malformed, or its path is not in normal form; 408, 431 and 501 too
 * - `body_too_large` (413): the body is larger than the server takes
 * - `request_timeout` (408): the body was not there after 30 seconds
 * - `not_found` (404): there is no such path, job or key, or it is another key's
 * - `not_ready` (404): the job has not ended yet; ask again after Retry-After
 * - `method_not_allowed` (405): the path has other methods, which Allow names
 * - `conflict` (409): it has ended already, or is not in the state for this
 * - `gone` (410): it was cancelled, or has been cleared away after its time
 * - `idempotency_conflict` (422): this Idempotency-Key came before, with another body
 * - `unsupported_media_type` (415): the body is compressed, or a batch is neither CSV nor NDJSON
 * - `queue_full` (503): too many jobs wait already; try again after Retry-After
 * - `prediction_failed` (500): the job has used up its attempts; the message says why
 * - `unavailable` (503): the database cannot be written for the moment, or too many large bodies wait
 * - `internal` (500): something broke inside */
export type ErrorCode =
  | 'missing_api_key'
  | 'invalid_api_key'
  | 'forbidden'
  | 'rate_limited'
  | 'invalid_features'
  | 'invalid_body'
  | 'invalid_query'
  | 'invalid_request'
  | 'body_too_large'
  | 'request_timeout'
  | 'not_found'
  | 'not_ready'
  | 'method_not_allowed'
  | 'conflict'
  | 'gone'
  | 'idempotency_conflict'
  | 'unsupported_media_type'
  | 'queue_full'
  | 'prediction_failed'
  | 'unavailable'
  | 'internal'

/** What is wrong with one member of a request */
export type FieldProblem = {
  /** The member; empty for the whole */
  readonly field: string
  readonly message: string
}

/** What every error is answered with */
export type ApiError = {
  readonly error: true
  /** For people; may change */
  readonly message: string
  readonly status: number
  readonly code: ErrorCode
  readonly request_id: string
  readonly detail?: readonly FieldProblem[]
}

/** The same for `Accept: application/problem+json` (RFC 9457) */
export type Problem = {
  /** `urn:dsapi:error:` and the code */
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: ErrorCode
  readonly request_id: string
  readonly errors?: readonly FieldProblem[]
}
