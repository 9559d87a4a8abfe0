import { type CallOptions, type ClientOptions, createSend } from '../send.ts'
import { type InferAnswer, readAnswer } from './read-answer.ts'
import { v2ErrorOf } from './v2-error.ts'
import { type InferRequest, writeRequest } from './write-request.ts'

type ModelOptions = CallOptions & {
  /** Without it, the server decides. */
  readonly version?: string
}

export type TensorMetadata = {
  readonly name: string
  readonly datatype: string
  /** -1 is a dimension of any size. */
  readonly shape: readonly number[]
}

export type ModelMetadata = {
  readonly name: string
  readonly versions?: readonly string[]
  readonly platform: string
  readonly inputs: readonly TensorMetadata[]
  readonly outputs: readonly TensorMetadata[]
}

export type ServerMetadata = {
  readonly name: string
  readonly version: string
  readonly extensions: readonly string[]
}

export type V2Client = {
  /** Whether the server is ready. False if it says that it is not, or does not answer in time. */
  readonly ready: (options?: CallOptions) => Promise<boolean>
  readonly server: (options?: CallOptions) => Promise<ServerMetadata>
  readonly model: (name: string, options?: ModelOptions) => Promise<ModelMetadata>
  /**
   * Asks a model.
   *
   * @throws DsapiError; RangeError for a request that cannot be written
   */
  readonly infer: (
    name: string,
    request: InferRequest,
    options?: ModelOptions,
  ) => Promise<InferAnswer>
}

/**
 * Makes a client of a server of the Open Inference Protocol V2: dsapi, KServe, Triton, MLServer. Requests change nothing, so
 * they are sent up to five times, when there is no answer, or a 429 or 503.
 */
export const createV2Client = (options: ClientOptions): V2Client => {
  const send = createSend(options, v2ErrorOf)
  const get = <T>(path: string, { signal }: CallOptions = {}) =>
    send(
      { method: 'GET', path, signal, repeatable: true },
      async (response) => (await response.json()) as T,
    )
  const pathOf = (name: string, version: string | undefined) => {
    const path = `/v2/models/${encodeURIComponent(name)}`
    return version === undefined ? path : `${path}/versions/${encodeURIComponent(version)}`
  }
  return {
    ready: ({ signal } = {}) =>
      send(
        { method: 'GET', path: '/v2/health/ready', signal, repeatable: true },
        async (response) => {
          await response.arrayBuffer()
          return true
        },
      ).catch(() => {
        signal?.throwIfAborted()
        return false
      }),
    server: (options) => get('/v2', options),
    model: (name, { version, signal } = {}) => get(pathOf(name, version), { signal }),
    infer: async (name, request, { version, signal } = {}) => {
      const { headers, body } = writeRequest(request)
      const path = `${pathOf(name, version)}/infer`
      return send({ method: 'POST', path, headers, body, signal, repeatable: true }, readAnswer)
    },
  }
}
