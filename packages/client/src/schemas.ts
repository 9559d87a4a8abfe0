// Made of the OpenAPI document by a test of apps/api, client/schemas.test.ts; `vitest run -u` writes it anew.

/** A row as an object with the names of the model's features. Other members are ignored. */
export type Features = Readonly<Record<string, number | string | boolean | null | undefined>>

export type Instances = {
  readonly instances: readonly (Features | readonly (number | string | boolean | null)[])[]
}

/** A row as an object with the names of the model's features */
export type AnyFeatures = Readonly<Record<string, unknown>>

export type AnyInstances = {
  readonly instances: readonly (AnyFeatures | readonly (number | string | boolean | null)[])[]
}

export type ServedChange = {
  readonly version: number
  /** A share of the requests, such as `10%`. `0%` ends the canary */
  readonly canary?: string
  /** `false` ends the shadow */
  readonly shadow?: boolean
}

export type NewKey = {
  readonly name: string
  readonly note?: string
  readonly scopes?: readonly ('predict' | 'jobs' | 'admin')[]
  /** The models that the key may use. Without it, the key may use all models */
  readonly models?: readonly string[]
  /** A number of requests in a span, such as 100/s, 600/m, 1000/h or 50000/d */
  readonly rate?: string
  readonly daily_quota?: number
  /** How many jobs of the key may wait */
  readonly max_jobs?: number
  /** A span of time such as 90d, 24h, 30m or 45s */
  readonly expires_in?: string
}

export type KeyChange = {
  readonly name?: string
  readonly note?: string
  /** Some of the scopes that the key has */
  readonly scopes?: readonly ('predict' | 'jobs' | 'admin')[]
  /** The models that the key may use. `null`: all models */
  readonly models?: readonly string[] | null
  readonly rate?: string | null
  readonly daily_quota?: number | null
  readonly max_jobs?: number | null
  /** When the key expires. `null`: never */
  readonly expires_at?: string | null
  /** Where the ends of jobs are reported, unless a request names another URL. The key needs a webhook secret. `null`: nowhere */
  readonly webhook_url?: string | null
}

export type Rotation = {
  /** A span of time such as 90d, 24h, 30m or 45s */
  readonly grace?: string
}

export type WebhookTest = {
  /** Where the message is sent. Without it, the URL of the key */
  readonly url?: string
}

export type JobIds = {
  /** The ids of the jobs. An id that is there twice counts once */
  readonly ids: readonly string[]
}

/** One of the classes of the model */
export type Class = number | string

export type Prediction =
  | { readonly class: Class; readonly class_probabilities: readonly number[] }
  | { readonly value: number }
  | { readonly values: Readonly<Record<string, number>> }

export type Predictions = {
  readonly predictions: readonly Prediction[]
}

export type SlowPrediction =
  | { readonly class: Class }
  | { readonly value: number }
  | { readonly values: Readonly<Record<string, number>> }

export type Job = {
  readonly id: string
  readonly kind: 'slow-prediction' | 'batch'
  readonly state: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled'
  /** The number of attempts that have started */
  readonly attempts: number
  /** The version of the model that the job uses, which was served when it was submitted. It is absent from jobs of older versions of dsapi. */
  readonly model_version?: string
  readonly created_at: string
  /** When the last attempt started */
  readonly started_at: string | null
  readonly finished_at: string | null
  /** Where the end of the job is reported */
  readonly webhook_url?: string
  /** When the result was deleted because its retention time was over */
  readonly cleared_at?: string
  readonly progress?: number | null
  readonly result?: SlowResult | BatchSummary
  /** Why the job failed */
  readonly error?: string
  /** The messages about the end of the job, oldest first. Only in the answer about one job that has a `webhook_url`. */
  readonly webhook_deliveries?: readonly WebhookDelivery[]
  /** The id of the key that has submitted the job, or of the first key from which that was rotated. Only in lists of the jobs of all keys. */
  readonly owner?: string
  /** The name of the model. Only in lists of the jobs of all keys. */
  readonly model?: string
  /** What kind of error the job failed with. Only in lists of the jobs of all keys, which have no `error`. */
  readonly error_code?: 'timed_out' | 'worker_lost' | 'internal' | 'failed'
}

export type JobList = {
  readonly jobs: readonly Job[]
  /** The cursor of the next page. It is absent on the last page. */
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

/** What became of each job, in the order of the ids */
export type ChangedJobs = {
  readonly results: readonly {
    readonly id: string
    readonly outcome: 'retried' | 'cancelled' | 'not_found' | 'conflict' | 'queue_full'
    /** The state of the job now, if it was found */
    readonly state?: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled'
  }[]
}

export type Submitted = {
  readonly id: string
}

export type SlowResult = Prediction & { readonly model_version: string }

/** A summary of the result of a batch. The rows are at `/jobs/{id}/result`. */
export type BatchSummary = {
  readonly model_version: string
  readonly rows: number
  readonly failed_rows: number
  /** The header of the CSV result */
  readonly header: string
  /** The classes of the model, as numbers or texts. They are absent if the model has none, and from results of older versions of dsapi. */
  readonly classes?: readonly (number | string)[]
  /** What the values are called, if the model has no classes */
  readonly values?: readonly string[]
  readonly chunks: number
}

/** A feature of a model */
export type ModelFeature = {
  readonly name: string
  readonly type: 'number' | 'integer' | 'boolean' | 'text'
  /** Whether the value may be missing */
  readonly nullable: boolean
  /** The only values that the feature has, if they are known */
  readonly categories?: readonly (number | string)[]
}

/** What a model answers: one of its classes, or values */
export type ModelOutput =
  | {
      readonly type: 'classes'
      readonly classes: readonly (number | string)[]
      /** The probability from which the second of two classes is answered */
      readonly threshold?: number
    }
  | {
      readonly type: 'values'
      readonly names: readonly string[]
    }

/** A model with what its served version asks and answers */
export type Model = {
  readonly name: string
  /** The version that is served */
  readonly version: number
  readonly model_version: string | null
  readonly format: string | null
  readonly producer: string | null
  readonly features: readonly ModelFeature[] | null
  readonly output: ModelOutput | null
  /** The version that gets a share of the requests, from 0 to 1 */
  readonly canary: {
    readonly version: number
    readonly share: number
  } | null
  /** The version that answers copies of requests, for comparison only */
  readonly shadow: number | null
  readonly changed_at: string
}

export type ModelList = {
  readonly models: readonly Model[]
}

export type ModelWithVersions = {
  readonly name: string
  /** The version that is served */
  readonly version: number
  readonly model_version: string | null
  readonly format: string | null
  readonly producer: string | null
  readonly features: readonly ModelFeature[] | null
  readonly output: ModelOutput | null
  /** The version that gets a share of the requests, from 0 to 1 */
  readonly canary: {
    readonly version: number
    readonly share: number
  } | null
  /** The version that answers copies of requests, for comparison only */
  readonly shadow: number | null
  readonly changed_at: string
  /** The newest first */
  readonly versions: readonly ModelVersion[]
}

/** A version of a model */
export type ModelVersion = {
  readonly name: string
  readonly version: number
  /** The version and the first characters of its hash, as `X-Model-Version` has it */
  readonly model_version: string
  /** The SHA-256 of the file and its options */
  readonly sha256: string
  /** The size of the file in bytes */
  readonly size: number
  readonly format: string
  readonly producer: string | null
  readonly features: readonly ModelFeature[] | null
  readonly output: ModelOutput | null
  readonly options: Readonly<Record<string, unknown>>
  readonly has_samples: boolean
  readonly created_at: string
  readonly served: boolean
  readonly canary_share: number | null
  readonly shadow: boolean
}

export type AddedVersion = {
  readonly name: string
  readonly version: number
  /** The version and the first characters of its hash, as `X-Model-Version` has it */
  readonly model_version: string
  readonly sha256: string
  readonly format: string
  readonly served: boolean
  readonly warnings: readonly string[]
}

/** What a model answers to a row: a class with the probability of each class, a value, or several values by their names */
export type AnyPrediction =
  | {
      readonly class: number | string
      readonly class_probabilities: readonly number[]
    }
  | {
      readonly value: number
    }
  | {
      readonly values: Readonly<Record<string, unknown>>
    }

export type AnyPredictions = {
  readonly predictions: readonly AnyPrediction[]
}

/** How well the probability of one class distinguishes its rows from all others */
export type ClassEvaluation = {
  readonly class: number | string
  /** The number of rows of the class */
  readonly rows: number
  readonly roc_auc: number | null
  readonly pr_auc: number | null
  /** At ascending thresholds: the threshold, and how many rows of the class and of all others have at least that probability */
  readonly points: readonly (readonly number[])[]
  readonly calibration: readonly {
    readonly mean_probability: number
    readonly positive_share: number
    readonly rows: number
  }[]
  /** Rows in equal bins of the probability from 0 to 1 */
  readonly histogram: {
    readonly positives: readonly number[]
    readonly negatives: readonly number[]
  }
}

/** How well a version answers rows whose answers are known, in counts */
export type Evaluation =
  | {
      readonly id: number
      readonly created_at: string
      /** `folds`: each row was answered by a fit to the folds without it. `file`: the version itself answered the rows of a file */
      readonly source: 'folds' | 'file'
      /** The number of folds */
      readonly folds?: number
      readonly rows: number
      /** Rows that the version did not answer, not counted in `rows` */
      readonly refused: number
      readonly type: 'classes'
      readonly scores: {
        readonly accuracy: number
        readonly log_loss: number | null
        readonly roc_auc: number | null
        /** Of two classes */
        readonly brier_score?: number | null
      }
      /** Of two classes, the second one. Of more than 20, those with most rows */
      readonly classes: readonly ClassEvaluation[]
      /** Rows of a true class (row) that were answered with a class (column); null for more than 30 classes */
      readonly confusion: {
        readonly classes: readonly (number | string)[]
        readonly counts: readonly (readonly number[])[]
      } | null
    }
  | {
      readonly id: number
      readonly created_at: string
      /** `folds`: each row was answered by a fit to the folds without it. `file`: the version itself answered the rows of a file */
      readonly source: 'folds' | 'file'
      /** The number of folds */
      readonly folds?: number
      readonly rows: number
      /** Rows that the version did not answer, not counted in `rows` */
      readonly refused: number
      readonly type: 'values'
      readonly scores: {
        readonly r2: number | null
        readonly mean_absolute_error: number
        readonly root_mean_squared_error: number
      }
      /** The true value less the answer, in bins */
      readonly residuals: readonly {
        readonly lower?: number
        readonly upper?: number
        readonly rows: number
      }[]
      /** Rows with similar answers. A tenth of their residuals is below `low`, and a tenth above `high` */
      readonly groups: readonly {
        readonly mean_answer: number
        readonly mean_value: number
        readonly low: number
        readonly high: number
        readonly rows: number
      }[]
    }

export type Evaluations = {
  /** The newest first */
  readonly evaluations: readonly Evaluation[]
}

/** A comparison of recent predictions with the training data, in shares */
export type Drift = {
  /** Whether there was enough to compare. In the other states, `features` and `answers` are empty, and `message` says what to do. */
  readonly state: 'compared' | 'not_logged' | 'too_few' | 'no_training_data'
  readonly message?: string
  readonly model: string
  /** The version that is served */
  readonly model_version: string
  readonly training_rows: number
  /** The number that was compared */
  readonly predictions: number
  /** The number of predictions by versions that lack a feature */
  readonly left_out: number
  /** The fewest predictions that are compared */
  readonly needed: number
  /** When the first of them was logged */
  readonly from: string | null
  readonly to: string | null
  readonly features: readonly {
    readonly feature: string
    /** The population stability index */
    readonly psi: number
    /** What the index stays below in 95 of 100 cases when nothing has changed */
    readonly critical_value: number
    readonly verdict: 'stable' | 'moderate' | 'shifted' | 'unclear'
    readonly bins: readonly {
      /** Absent from the first bin */
      readonly lower?: number
      /** Absent from the last bin */
      readonly upper?: number
      readonly expected_share: number
      readonly actual_share: number
    }[]
    readonly texts?: readonly {
      /** Absent for all others */
      readonly text?: string
      readonly expected_share: number
      readonly actual_share: number
    }[]
    readonly missing?: {
      readonly expected_share: number
      readonly actual_share: number
    }
  }[]
  /** The shares of the classes in the training data and in the answers */
  readonly answers: readonly {
    readonly class: number | string
    readonly expected_share: number
    readonly actual_share: number
  }[]
  /** For a model that answers with a number */
  readonly values?: readonly {
    /** Absent from the first bin */
    readonly lower?: number
    /** Absent from the last bin */
    readonly upper?: number
    readonly expected_share: number
    readonly actual_share: number
  }[]
}

/** An API key, without its secret text */
export type Key = {
  readonly id: string
  readonly name: string
  /** The first and last characters of the key */
  readonly key: string
  readonly state: 'active' | 'disabled' | 'expired' | 'revoked'
  readonly scopes: readonly ('predict' | 'jobs' | 'admin')[]
  /** The models that the key may use. `null`: all models */
  readonly models: readonly string[] | null
  readonly rate: string | null
  readonly daily_quota: number | null
  /** How many jobs may wait. `null`: the limit of the server */
  readonly max_jobs: number | null
  readonly note: string
  /** Where the ends of jobs are reported, unless a request names another URL */
  readonly webhook_url: string | null
  readonly created_by: string
  readonly created_at: string | null
  readonly expires_at: string | null
  readonly disabled_at: string | null
  readonly revoked_at: string | null
  /** When the key was last used, to the minute */
  readonly last_used_at: string | null
  /** The id of the key that replaced this one by rotation */
  readonly replaced_by: string | null
}

export type MadeKey = {
  readonly id: string
  readonly name: string
  /** The secret text of the key. Only this answer has it. */
  readonly key: string
  readonly state: 'active' | 'disabled' | 'expired' | 'revoked'
  readonly scopes: readonly ('predict' | 'jobs' | 'admin')[]
  /** The models that the key may use. `null`: all models */
  readonly models: readonly string[] | null
  readonly rate: string | null
  readonly daily_quota: number | null
  /** How many jobs may wait. `null`: the limit of the server */
  readonly max_jobs: number | null
  readonly note: string
  /** Where the ends of jobs are reported, unless a request names another URL */
  readonly webhook_url: string | null
  readonly created_by: string
  readonly created_at: string | null
  readonly expires_at: string | null
  readonly disabled_at: string | null
  readonly revoked_at: string | null
  /** When the key was last used, to the minute */
  readonly last_used_at: string | null
  /** The id of the key that replaced this one by rotation */
  readonly replaced_by: string | null
}

/** An API key as its owner sees it */
export type OwnKey = {
  readonly id: string
  readonly name: string
  /** The first and last characters of the key */
  readonly key: string
  readonly state: 'active' | 'disabled' | 'expired' | 'revoked'
  readonly scopes: readonly ('predict' | 'jobs' | 'admin')[]
  /** The models that the key may use. `null`: all models */
  readonly models: readonly string[] | null
  readonly rate: string | null
  readonly daily_quota: number | null
  /** How many jobs may wait. `null`: the limit of the server */
  readonly max_jobs: number | null
  /** Where the ends of jobs are reported, unless a request names another URL */
  readonly webhook_url: string | null
  readonly created_by: string
  readonly created_at: string | null
  readonly expires_at: string | null
  readonly disabled_at: string | null
  readonly revoked_at: string | null
  /** When the key was last used, to the minute */
  readonly last_used_at: string | null
  /** The id of the key that replaced this one by rotation */
  readonly replaced_by: string | null
  /** All keys that follow each other by rotation, oldest first, with this one among them. They share jobs and limits. */
  readonly line: readonly {
    readonly id: string
    readonly name: string
    /** The first and last characters of the key */
    readonly key: string
    readonly state: 'active' | 'disabled' | 'expired' | 'revoked'
    readonly scopes: readonly ('predict' | 'jobs' | 'admin')[]
    /** The models that the key may use. `null`: all models */
    readonly models: readonly string[] | null
    readonly rate: string | null
    readonly daily_quota: number | null
    /** How many jobs may wait. `null`: the limit of the server */
    readonly max_jobs: number | null
    /** Where the ends of jobs are reported, unless a request names another URL */
    readonly webhook_url: string | null
    readonly created_by: string
    readonly created_at: string | null
    readonly expires_at: string | null
    readonly disabled_at: string | null
    readonly revoked_at: string | null
    /** When the key was last used, to the minute */
    readonly last_used_at: string | null
    /** The id of the key that replaced this one by rotation */
    readonly replaced_by: string | null
  }[]
  /** The changes of the keys in `line`, newest first, each with its actor */
  readonly history: readonly AuditEntry[]
}

export type KeyList = {
  readonly keys: readonly {
    readonly id: string
    readonly name: string
    /** The first and last characters of the key */
    readonly key: string
    readonly state: 'active' | 'disabled' | 'expired' | 'revoked'
    readonly scopes: readonly ('predict' | 'jobs' | 'admin')[]
    /** The models that the key may use. `null`: all models */
    readonly models: readonly string[] | null
    readonly rate: string | null
    readonly daily_quota: number | null
    /** How many jobs may wait. `null`: the limit of the server */
    readonly max_jobs: number | null
    readonly note: string
    /** Where the ends of jobs are reported, unless a request names another URL */
    readonly webhook_url: string | null
    readonly created_by: string
    readonly created_at: string | null
    readonly expires_at: string | null
    readonly disabled_at: string | null
    readonly revoked_at: string | null
    /** When the key was last used, to the minute */
    readonly last_used_at: string | null
    /** The id of the key that replaced this one by rotation */
    readonly replaced_by: string | null
    /** Requests of today (UTC) with this key and the others of its line of rotations, to the minute, or to the second for a key with a daily quota */
    readonly used_today: number
  }[]
}

/** Requests of a key by day (UTC), to the minute, without days that had none */
export type KeyUsage = {
  readonly id: string
  readonly days: readonly {
    readonly day: string
    readonly requests: number
    /** Answered with a status from 400 to 499 */
    readonly client_errors: number
    readonly server_errors: number
  }[]
}

export type KeyUsageList = {
  readonly usage: readonly KeyUsage[]
}

export type AuditEntry = {
  readonly id: number
  readonly at: string
  /** Who made the change: `cli:` and the name of a user, or `key:` and the id of a key */
  readonly actor: string
  readonly action:
    | 'create'
    | 'rotate'
    | 'disable'
    | 'enable'
    | 'revoke'
    | 'change'
    | 'rotate_webhook_secret'
    | 'sign_in'
    | 'sign_out'
    | 'session_ended'
  readonly key_id: string
  readonly detail: Readonly<Record<string, unknown>>
}

export type AuditList = {
  readonly audit: readonly AuditEntry[]
  /** The cursor of the next page. It is absent on the last page. */
  readonly next_cursor?: string
}

/** A message to a webhook, and what came of it */
export type WebhookDelivery = {
  /** The `webhook-id` of all attempts */
  readonly id: string
  /** `null` for a test */
  readonly job_id: string | null
  /** The `type` of the message */
  readonly type: 'job.succeeded' | 'job.failed' | 'job.cancelled' | 'webhook.test'
  readonly url: string
  readonly state: 'pending' | 'delivered' | 'failed'
  readonly attempts: number
  readonly created_at: string | null
  readonly last_attempt_at: string | null
  /** `null` if no other attempt will be made */
  readonly next_attempt_at: string | null
  /** The status of the last answer. `null` if there was none */
  readonly last_status: number | null
  /** Why the last attempt failed. `null` if it succeeded */
  readonly last_error: string | null
  readonly finished_at: string | null
}

export type WebhookDeliveryList = {
  readonly deliveries: readonly WebhookDelivery[]
  /** The cursor of the next page. It is absent on the last page. */
  readonly next_cursor?: string
}

export type WebhookSecret = {
  /** The new secret, `whsec_` and base64. Only this answer has it. */
  readonly secret: string
  /** Until when messages are also signed with the secret before. It is absent if there was none. */
  readonly previous_until?: string
}

export type Alive = {
  readonly status: 'ok'
}

export type Ready = {
  readonly status: 'ready' | 'degraded' | 'unavailable' | 'stopping'
  readonly checks: {
    readonly database: 'ok' | 'unusable'
    /** `down`: the model `default` or, without one, each model cannot compute */
    readonly model: 'ok' | 'missing' | 'down' | 'unknown'
    readonly redis: 'unused' | 'ok' | 'away'
    /** The models that cannot compute now */
    readonly models_down?: readonly string[]
    /** The versions that should answer and cannot be served */
    readonly model_problems?: readonly {
      readonly model: string
      readonly version: number
      /** The version that answers in its place, if there is one */
      readonly served_instead: number | null
    }[]
  }
}

/** What was done to a key, a session of the web console, or a model */
export type ListedEntry = {
  readonly kind: 'key' | 'session' | 'model'
  /** Counted for models, and for keys and sessions together */
  readonly id: number
  readonly at: string
  /** Who did it: `cli:` and the name of a user, or `key:` and the id of a key */
  readonly actor: string
  readonly action: string
  /** The id of a key, or the name of a model */
  readonly target: string
  readonly detail: Readonly<Record<string, unknown>>
}

export type FullAuditList = {
  readonly audit: readonly ListedEntry[]
  /** The cursor of the next page. It is absent on the last page. */
  readonly next_cursor?: string
}

export type Traffic = {
  readonly since: string
  readonly step_seconds: number
  readonly total: {
    readonly requests: number
    /** Answered with a status from 400 to 499 */
    readonly client_errors: number
    /** Answered with 429, which are client errors */
    readonly rate_limited: number
    readonly server_errors: number
    readonly p50_ms: number | null
    readonly p95_ms: number | null
    /** The duration in milliseconds that 99 % of the requests did not exceed; 30000 stands for 30 seconds and more, `null` for no requests */
    readonly p99_ms: number | null
  }
  readonly steps: readonly {
    readonly at: string
    readonly requests: number
    /** Answered with a status from 400 to 499 */
    readonly client_errors: number
    /** Answered with 429, which are client errors */
    readonly rate_limited: number
    readonly server_errors: number
    readonly p50_ms: number | null
    readonly p95_ms: number | null
    /** The duration in milliseconds that 99 % of the requests did not exceed; 30000 stands for 30 seconds and more, `null` for no requests */
    readonly p99_ms: number | null
  }[]
  readonly by: 'key' | 'route' | 'status'
  /** The 50 with the most requests */
  readonly groups: readonly {
    /** The id of a key, a route or a class of status. With keys, an empty text stands for requests without a valid key, and `other` for those of keys beyond the 200 series of a minute. */
    readonly name: string
    readonly requests: number
    /** Answered with a status from 400 to 499 */
    readonly client_errors: number
    /** Answered with 429, which are client errors */
    readonly rate_limited: number
    readonly server_errors: number
    readonly p50_ms: number | null
    readonly p95_ms: number | null
    /** The duration in milliseconds that 99 % of the requests did not exceed; 30000 stands for 30 seconds and more, `null` for no requests */
    readonly p99_ms: number | null
  }[]
}

/** The kind of the error. The codes are stable:
 *
 * - `missing_api_key` (401): the request has no key
 * - `invalid_api_key` (401): the key is unknown, malformed, disabled, expired or revoked, or the request has two keys
 * - `no_session` (401): a request below `/console` has no session, or its session has ended
 * - `forbidden` (403): the key lacks the required scope
 * - `cross_site` (403): a request below `/console` was sent by a page of another server, or by a program
 * - `insecure_transport` (403): a browser signs in over plain HTTP from another machine
 * - `rate_limited` (429): the key has used up its rate limit or its daily quota; retry after Retry-After seconds
 * - `too_many_jobs` (429): as many jobs of the key are waiting as its limit allows; retry after Retry-After seconds
 * - `invalid_features` (400): a value in the path is not of the type of its feature, such as a finite decimal number, or the model refuses it
 * - `invalid_body` (400): the body is not valid JSON, or a field in it is missing, unknown or wrong
 * - `invalid_query` (400): a query parameter is wrong
 * - `invalid_request` (400): the request is not valid HTTP, its Host header is malformed, or its path is not in normal form; the status may also be 408, 417, 431 or 501
 * - `body_too_large` (413): the body is larger than the limit of the server
 * - `request_timeout` (408): the body did not arrive within 30 seconds
 * - `not_found` (404): the path, the job, the delivery, the key or the model does not exist, the job or the delivery belongs to another key, or the key is bound to other models
 * - `not_ready` (404): the job has not ended yet; retry after Retry-After seconds
 * - `method_not_allowed` (405): the path does not have this method; the Allow header lists its methods
 * - `conflict` (409): the state of the job, the key or the model does not allow the operation
 * - `gone` (410): the job was cancelled, or its result was deleted because its retention time was over
 * - `idempotency_conflict` (422): the Idempotency-Key was used before with another body
 * - `model_refused` (422): the file cannot be served as a model; `reason` is `not_a_model`, `unreadable`, `missing_engine`, `wrong_samples` or `code`, and the message says what to do
 * - `unsupported_media_type` (415): the body has a Content-Encoding that is not taken, or a Content-Type: a batch must be CSV or NDJSON
 * - `queue_full` (503): too many jobs are waiting; retry after Retry-After seconds
 * - `prediction_failed` (500): the job failed in its last attempt; the message has the reason
 * - `model_failed` (500): the model failed for these rows: its code raised an error, took too long, or answered with a number that is not finite; the log has the reason
 * - `unavailable` (503): the server is overloaded, has no memory left for the request, cannot write to the database, or the engine of the model is being started; retry after Retry-After seconds
 * - `internal` (500): the server failed unexpectedly; the log has the request id
 * - `not_implemented` (501): a protocol has the operation, and this server does it in another way
 * - `deadline_exceeded` (504): a request of a protocol took longer than DSAPI_PREDICT_SECONDS to predict; send fewer rows at a time */
export type ErrorCode =
  | 'missing_api_key'
  | 'invalid_api_key'
  | 'no_session'
  | 'forbidden'
  | 'cross_site'
  | 'insecure_transport'
  | 'rate_limited'
  | 'too_many_jobs'
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
  | 'model_refused'
  | 'unsupported_media_type'
  | 'queue_full'
  | 'prediction_failed'
  | 'model_failed'
  | 'unavailable'
  | 'internal'
  | 'not_implemented'
  | 'deadline_exceeded'

/** What is wrong with one field of a request */
export type FieldProblem = {
  /** The name of the field, or an empty text for the whole input */
  readonly field: string
  readonly message: string
}

/** The body of every error */
export type ApiError = {
  readonly error: true
  /** A message for people. It may change between versions. */
  readonly message: string
  readonly status: number
  readonly code: ErrorCode
  /** Why a file was refused as a model */
  readonly reason?: 'not_a_model' | 'unreadable' | 'missing_engine' | 'wrong_samples' | 'code'
  readonly request_id: string
  readonly detail?: readonly FieldProblem[]
}

/** The body of every error for `Accept: application/problem+json` (RFC 9457) */
export type Problem = {
  /** `urn:dsapi:error:` followed by the code */
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: ErrorCode
  /** Why a file was refused as a model */
  readonly reason?: 'not_a_model' | 'unreadable' | 'missing_engine' | 'wrong_samples' | 'code'
  readonly request_id: string
  readonly errors?: readonly FieldProblem[]
}
