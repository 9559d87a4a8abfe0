import type { Batch } from '../batch.ts'
import type { ModelInfo } from '../model-info.ts'
import type { Predictions } from '../predictions.ts'
import type { JsonSchema } from './json-schema.ts'

/** What is wrong with one member of what a client sent. */
export type FieldProblem = { readonly field: string; readonly message: string }

/** A model as clients know it. */
export type NamedModel = {
  readonly name: string
  /** A whole number, as text. */
  readonly version: string
  readonly info: ModelInfo
}

/** A model, and whether it can be asked now. */
export type ModelState = NamedModel & {
  readonly ready: boolean
  /** All versions that can be asked. */
  readonly versions: readonly string[]
}

/** A model in a list. */
export type ListedModel = {
  readonly name: string
  /** The version that answers; undefined while none does. */
  readonly version: string | undefined
  readonly ready: boolean
}

/** What a client may know of the server. */
export type ServerState = {
  readonly version: string
  /** Whether it takes requests. */
  readonly ready: boolean
  /** Those that the client may ask. */
  readonly models: readonly ListedModel[]
}

/** A request for predictions. */
export type ProtocolRequest = {
  readonly body: Uint8Array<ArrayBuffer>
  /** Those that the protocol asks for in `headers`, as far as they were sent. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** The platform that has passed the request on, if any. */
  readonly platform?: 'sagemaker' | 'vertex'
}

/** An answer. Its length is that of its body. */
export type Written = {
  /** 200 without it. */
  readonly status?: number
  /** By their names in lower case; `content-type` is among them. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array<ArrayBuffer>
}

/** The rows of a request and how they are to be answered, or what is wrong: nothing throws for what a client sent. */
export type Read =
  | {
      readonly ok: true
      readonly batch: Batch
      /** Writes the answer that the request asks for. */
      readonly write: (predictions: Predictions) => Written
    }
  | {
      readonly ok: false
      /** A sentence that needs no `detail`. */
      readonly message: string
      readonly detail?: readonly FieldProblem[]
      /** 400 without it. */
      readonly status?: 415
      /** What the protocol calls this error, where it has several names for one status. */
      readonly errorName?: string
    }

/** Why a request was not answered. */
export type Problem = {
  readonly status: number
  /** A word that clients may rely on, such as `invalid_body`. */
  readonly code: string
  readonly message: string
  readonly detail?: readonly FieldProblem[] | undefined
  /** As a `Read` has it. */
  readonly errorName?: string | undefined
  readonly requestId: string
}

/** The version that a request names, if any, or what is wrong with it. */
export type AskedVersion =
  | { readonly ok: true; readonly value: string | undefined }
  | ({ readonly ok: false } & FieldProblem)

/** What a body looks like, by its media type. */
export type Content = Readonly<Record<string, JsonSchema>>

/** One method of one path. What it does decides who may ask. */
export type ProtocolEndpoint = {
  /** Unlike those of all other endpoints. */
  readonly id: string
  readonly method: 'get' | 'post'
  /**
   * `/v2/models/{model}/versions/{version}/infer`: each name in braces stands for one segment, or for its beginning.
   * Without `{model}`, the model is the one named `default`; without `{version}`, its served version answers.
   */
  readonly path: string
  readonly summary: string
  readonly description?: string
  /** What a body of the request looks like; without it, none is documented. */
  readonly body?: Content
  /** What the answer looks like. */
  readonly answer?: Content
} & (
  | { readonly does: 'predict' }
  /** Describes the server. */
  | {
      readonly does: 'server'
      readonly write: (server: ServerState, request: ProtocolRequest) => Written
    }
  /** Describes a model. */
  | { readonly does: 'model'; readonly write: (model: ModelState) => Written }
  /** As these two, for probes, which bring no key. */
  | { readonly does: 'health'; readonly write: (server: ServerState) => Written }
  | { readonly does: 'model-health'; readonly write: (model: ModelState) => Written }
  /** Serves a version from now on, if the request names one; else checks that the model is there. */
  | {
      readonly does: 'serve'
      readonly version: (request: ProtocolRequest) => AskedVersion
      readonly write: (model: ModelState) => Written
    }
  /** Does nothing, and answers 501 with how else it is done. */
  | { readonly does: 'nothing'; readonly instead: string }
)

/**
 * How requests to models are written, and the answers to them: all that the server has to know of a protocol. It mounts,
 * documents and tests what it finds in a list of these.
 */
export type Protocol = {
  /** As metrics and the log name it. */
  readonly name: string
  /** What is under these paths is the protocol's own: errors have its form there, even where no endpoint is. */
  readonly prefixes: readonly string[]
  readonly endpoints: readonly ProtocolEndpoint[]
  /** The headers that `read` wants to see, in lower case. */
  readonly headers: readonly string[]
  readonly read: (request: ProtocolRequest, model: NamedModel) => Read
  readonly error: (problem: Problem) => Written
  /** What the body of an error looks like. */
  readonly errorSchema: JsonSchema
  /** A request for one row of ones or so, for the documentation and the tests. */
  readonly example: (model: NamedModel) => unknown
}
