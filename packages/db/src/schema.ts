import type { Generated, Kysely } from 'kysely'
import type { JobState } from './job-states.ts'

/** Instants are milliseconds since 1970 (UTC), as `Date.now()` gives them. */
export type Instant = number

/** The training data that `gendb` draws. */
export type DataTable = {
  id: Generated<number>
  feature_a: number
  feature_b: number
  class: number
}

export type ApiKeysTable = {
  id: string
  name: string
  /** SHA-256 of the key in hex; the key itself is nowhere. */
  hash: string
  /** What a person may see of it: its first characters, and its last. */
  prefix: string
  suffix: string
  /** The first key of the line of rotated keys that this one continues; itself where it began one. */
  owner_id: Generated<string>
  note: Generated<string>
  /** Words apart by spaces. */
  scopes: Generated<string>
  /** The names of the models that it may use, apart by spaces; null: all models. */
  models: string | null
  created_by: Generated<string>
  /** So many requests in so many seconds; both null: no limit. */
  rate_requests: number | null
  rate_seconds: number | null
  /** Requests a day (UTC); null: no limit. */
  daily_quota: number | null
  /** How many jobs may wait; null: the limit of the server. */
  max_jobs: number | null
  created_at: Instant
  expires_at: Instant | null
  disabled_at: Instant | null
  revoked_at: Instant | null
  /** The key that a rotation put in its place. */
  replaced_by: string | null
  /** To the minute, and some seconds late. */
  last_used_at: Instant | null
  /** Where the ends of its jobs are reported, unless a request names another URL. */
  webhook_url: Generated<string | null>
}

/** What was done to keys, by whom. Rows are only ever added, so the largest id shows any change. */
export type AuditTable = {
  id: Generated<number>
  at: Instant
  actor: string
  action: string
  key_id: string
  /** More about it, as JSON. */
  detail: string
}

/** How many requests the keys of an owner have made on a day; only for keys with a daily quota. */
export type UsageTable = {
  owner_id: string
  /** Days since 1970 (UTC). */
  day: number
  requests: number
}

/** How many requests a key has made on a day, to the minute. */
export type KeyUsageTable = {
  key_id: string
  /** Days since 1970 (UTC). */
  day: number
  requests: number
  /** Answered with a status from 400 to 499. */
  client_errors: number
  server_errors: number
}

/** How many requests there were in a minute, by the classes of how long they took. */
export type TrafficTable = {
  /** Minutes since 1970 (UTC). */
  minute: number
  host: string
  /** Empty for requests without a valid key; `other` for those of too many keys. */
  key_id: string
  route: string
  /** `2xx` to `5xx`, or `429`. */
  status: string
  b0: number
  b1: number
  b2: number
  b3: number
  b4: number
  b5: number
  b6: number
  b7: number
  b8: number
  b9: number
  b10: number
  b11: number
  b12: number
  b13: number
  b14: number
}

/** The fitted models of an older dsapi, whose processes may still read it. They are versions of `default` since. */
export type ModelsTable = {
  version: Generated<number>
  sha256: string
  json: string
  created_at: Instant
}

/** A named model, and which of its versions answer. */
export type NamedModelsTable = {
  name: string
  /** The highest number that a version has or had: none is given twice. */
  last_version: number
  served: number
  /** The versions that were served before, the last one first, as a JSON array. */
  history: string
  /** The version that gets this share of the requests, from 0 to 1; both null: none. */
  canary: number | null
  canary_share: number | null
  /** The version that answers copies of requests, for comparison only. */
  shadow: number | null
  changed_at: Instant
}

export type ModelVersionsTable = {
  name: string
  version: number
  /** SHA-256, in hex, over file and options; without options that of the file. */
  sha256: string
  /** Of the file, and of the samples where there are any: their pieces are found by it. */
  artifact_sha256: string
  samples_sha256: string | null
  /** Of the file, in bytes. */
  size: number
  format: string
  /** What the file cannot say, as JSON. */
  options: string
  /** What the model asks and answers, as JSON; null for versions that an older dsapi stored. */
  info: string | null
  created_at: Instant
  created_by: string
  /** When it stopped answering, also as a canary or shadow. Null while it does, and if it never did. */
  unserved_at: Instant | null
}

/** Files of models and samples, in pieces of a mebibyte, by the hash of the whole. */
export type ArtifactPiecesTable = {
  sha256: string
  position: number
  created_at: Instant
  content: Uint8Array
}

/** What was done to models, by whom. Rows are only ever added, so the largest id shows any change. */
export type ModelAuditTable = {
  id: Generated<number>
  at: Instant
  actor: string
  action: string
  name: string
  version: number
  /** More about it, as JSON. */
  detail: string
}

export type ModelEvaluationsTable = {
  id: Generated<number>
  name: string
  version: number
  created_at: Instant
  created_by: string
  /** Scores and curves, as JSON. */
  content: string
}

export type ModelTrainingTable = {
  name: string
  version: number
  /** Shares of the training data, as JSON. */
  content: string
}

export type JobsTable = {
  id: string
  key_id: string
  /** What is to be done with the input. */
  kind: Generated<string>
  state: JobState
  /** What to compute, and what came out, as JSON. */
  input: string
  result: string | null
  /** Why it failed, in words for its owner. */
  error: string | null
  /** How often a worker has claimed it; the number fences off the holders of earlier claims. */
  attempt: number
  /** How many of those claims were returned unused, by a worker that had to stop. */
  released: number
  created_at: Instant
  /** Not claimed before this instant. */
  run_at: Instant
  started_at: Instant | null
  /** Grows while a worker runs the job. When it stands still, the worker is lost. */
  heartbeat: Generated<number>
  /** How far the attempt that runs has come, from 0 to 1. */
  progress: number | null
  /** How long an attempt may take. */
  time_limit_ms: number | null
  /** The name that its owner gave to the request, and a hash of the request, so that it is not done twice. */
  idempotency_key: string | null
  fingerprint: string | null
  /** The request that it came from, and what that was a part of (W3C, Trace Context). */
  request_id: string | null
  traceparent: string | null
  /** The name of the model that it was accepted for. */
  model_name: Generated<string>
  /** That model's version and the first characters of its hash. Null in jobs that an
   * older dsapi accepted. */
  model_version: string | null
  finished_at: Instant | null
  /** When input and result were cleared, some time after it had finished. */
  cleared_at: Instant | null
  /** Where its end is reported; null: nowhere. */
  webhook_url: Generated<string | null>
}

/** The secrets that sign webhooks. They are stored as they are, because they have to be used. */
export type WebhookSecretsTable = {
  id: string
  owner_id: string
  secret: string
  created_at: Instant
  /** Null until another one takes its place. Until this instant both sign. */
  expires_at: Instant | null
}

export type WebhookState = 'pending' | 'delivered' | 'failed'

/** Messages to webhooks, sent and to be sent. The end of a job and its row here are one commit. */
export type WebhookDeliveriesTable = {
  id: string
  owner_id: string
  /** Null for a test. */
  job_id: string | null
  type: string
  url: string
  body: string
  state: WebhookState
  /** How often it was claimed; the number fences off the holders of earlier claims. */
  attempts: number
  created_at: Instant
  /** When the next attempt was determined. In the future, if a clock was set back since then. */
  scheduled_at: Instant
  next_attempt_at: Instant
  /** After this instant, a failed attempt is the last one. */
  give_up_at: Instant
  last_attempt_at: Instant | null
  last_status: number | null
  last_error: string | null
  finished_at: Instant | null
}

/** What is too large for a job's row: lines of its input and output. */
export type JobChunksTable = {
  job_id: string
  part: 'input' | 'output'
  position: number
  created_at: Instant
  content: string
}

/** What was predicted from what; only where the log of predictions is on. */
export type PredictionsTable = {
  id: Generated<number>
  at: Instant
  /** Whose request it was: the owner of the key. */
  owner_id: string
  request_id: string
  /** `single`: a prediction on its own; `instances`: one row of a request for many. */
  kind: string
  /** The model's tag: its version and the first characters of its hash. */
  model: string
  model_name: Generated<string>
  /** Numbers in the order of the model's features, as a JSON array. */
  features: string
  /** As clients get it, as JSON. */
  answer: string
  /** How long the request's answer took, all of its rows together: microseconds. */
  latency_us: number
}

/** Who is signed in to the web console. */
export type ConsoleSessionsTable = {
  id: string
  /** SHA-256 of the token in the cookie, in hex; the token itself is nowhere. */
  token_sha256: string
  /** The key that it was opened with; null where a code was. */
  key_id: string | null
  /** `key:` and the id of the key, or `cli:` and the user who made the code. */
  created_by: string
  created_at: Instant
  /** When a person last did something, to the minute. */
  seen_at: Instant
  expires_at: Instant
  ended_at: Instant | null
  address: string
  /** The browser, in its own words. */
  agent: string
}

/** Codes that open one session each. */
export type ConsoleCodesTable = {
  sha256: string
  created_by: string
  expires_at: Instant
}

/** When each kind of old rows was last deleted. */
export type RetentionTable = {
  kind: string
  ran_at: Instant
  /** How many rows were deleted since the database was made. */
  deleted: number
}

/** Who watches the claims of all workers: as many rows as there are places. */
export type WatchersTable = {
  slot: number
  /** A process; empty: nobody. */
  holder: string
  /** Grows while the holder is alive and there are claims. */
  beat: number
}

export type Schema = {
  data: DataTable
  api_keys: ApiKeysTable
  audit: AuditTable
  usage: UsageTable
  key_usage: KeyUsageTable
  traffic: TrafficTable
  models: ModelsTable
  named_models: NamedModelsTable
  model_versions: ModelVersionsTable
  artifact_pieces: ArtifactPiecesTable
  model_audit: ModelAuditTable
  model_evaluations: ModelEvaluationsTable
  model_training: ModelTrainingTable
  jobs: JobsTable
  job_chunks: JobChunksTable
  webhook_secrets: WebhookSecretsTable
  webhook_deliveries: WebhookDeliveriesTable
  predictions: PredictionsTable
  console_sessions: ConsoleSessionsTable
  console_codes: ConsoleCodesTable
  retention: RetentionTable
  watchers: WatchersTable
}

/** A connection, or a transaction on one: every query takes either. */
export type Database = Kysely<Schema>
