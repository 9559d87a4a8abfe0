import type {
  AuthenticateRequest,
  Authenticator,
  FailedAttempts,
  RateLimits,
  Usage,
} from '@dsapi/auth'
import type { ConsoleFiles } from '@dsapi/console'
import type { Database } from '@dsapi/db'
import type { Dispatcher, JobQueue, JobWatch } from '@dsapi/queue'
import type { ModelHost, ServedModels, StoredModel } from '@dsapi/registry'
import type { Logger, Tracing } from '@dsapi/telemetry'
import type { AllowedHosts } from '@dsapi/webhooks'
import type { SignedIn } from './console/signed-in.ts'
import type { Manual } from './docs/manual/load-manual.ts'
import type { Predictor } from './endpoints/predict/predictor.ts'
import type { RecordPredictions } from './endpoints/predict/record-predictions.ts'
import type { HiddenPaths } from './http/hidden-paths.ts'
import type { IsAllowedHost } from './http/host-check.ts'
import type { MemoryBudget } from './http/memory-budget.ts'
import type { Observe } from './http/middleware/observe.ts'
import type { BodyLimit } from './http/read-body.ts'
import type { Metrics } from './metrics/metrics.ts'
import type { ModelState } from './metrics/model-metrics.ts'
import type { Snapshot } from './metrics/snapshot.ts'
import type { AnswerRequest } from './models/answer-requests.ts'
import type { ModelAccess } from './models/model-access.ts'
import type { OpenApiDocument } from './openapi/document.ts'

/** What the API is made of, by what it is for. */
export type AppDeps = {
  readonly db: Database
  readonly keys: KeyDeps
  readonly models: ModelDeps
  readonly jobs: JobDeps
  readonly documents: Documents
  readonly limits: Limits
  readonly observe: ObserveDeps
  readonly life: Life
  /** Only where the web console is on. */
  readonly console: ConsoleDeps | undefined
  /** Origins whose web pages may send requests. */
  readonly corsOrigins: readonly string[]
}

export type KeyDeps = {
  readonly authenticate: AuthenticateRequest
  readonly failedAttempts: FailedAttempts
  readonly targetOf: HiddenPaths['targetOf']
  readonly usage: Usage
  readonly rateLimits: RateLimits
}

export type ModelDeps = {
  /** Finds models for keys. */
  readonly access: ModelAccess
  /** Has a request answered by one of the versions that it is for. */
  readonly answerRequest: AnswerRequest
  /** Loads models that are added. */
  readonly host: ModelHost
  /** The largest file of a model, in bytes. */
  readonly maxModel: number
  /** How the models are, for probes and metrics. */
  readonly states: () => readonly ModelState[]
  readonly served: Pick<ServedModels, 'problems' | 'takeUp'>
  /** The model in whose names documents describe the API: `default` or, where there is none, an example. */
  readonly describedModel: () => StoredModel
  readonly predictor: Predictor
  /** Only where predictions are logged. */
  readonly recordPredictions: RecordPredictions | undefined
}

export type JobDeps = {
  readonly dispatcher: Dispatcher
  readonly queue: JobQueue
  /** Reports the ends of jobs as soon as they come. */
  readonly endWatch: JobWatch
  /** Reports all changes of jobs once a second. */
  readonly changeWatch: JobWatch
  /** How long an attempt at a job may take. */
  readonly timeLimitMs: number
  /** Hosts inside the network to which webhooks may be sent. */
  readonly webhookHosts: AllowedHosts
}

export type Documents = {
  /** The OpenAPI document, with the names and classes of the model that is served now. */
  readonly openApi: () => OpenApiDocument
  readonly manual: () => Manual
}

export type Limits = {
  /** For all requests together. */
  readonly memory: MemoryBudget
  readonly jsonBody: BodyLimit
  /** Of bodies with many instances. */
  readonly instancesBody: BodyLimit
  /** The largest batch, in bytes. */
  readonly maxBatch: number
}

export type ObserveDeps = {
  readonly logger: Logger
  readonly metrics: Metrics
  readonly observe: Observe
  /** Where traces are collected. */
  readonly tracing: Tracing | undefined
  /** The metrics of all processes, where they are answered on the port of the API. */
  readonly snapshotsHere: (() => Promise<readonly Snapshot[]>) | undefined
  readonly isAllowedHost: IsAllowedHost
}

export type ConsoleDeps = {
  /** Loads the files of the console, which takes a moment in a checkout. */
  readonly loadFiles: () => Promise<ConsoleFiles>
  readonly signedIn: SignedIn
  /** Checks the key with which a browser signs in. */
  readonly authenticate: Authenticator['authenticate']
  readonly nameOfKey: (id: string) => string | undefined
  /** The longest life of a session. */
  readonly lifeMs: number
  /** Whether browsers may sign in over plain HTTP from other machines. */
  readonly allowsInsecure: boolean
}

export type Life = {
  readonly isOverloaded: () => boolean
  /** Aborted when the server is about to stop: it is not ready any more. */
  readonly draining: AbortSignal
  /** Aborted when the server begins to stop: clients that wait are answered. */
  readonly stopping: AbortSignal
}
