import { createAsk, withQuery } from './ask.ts'
import { createKeys, type Keys } from './keys.ts'
import type {
  Alive,
  Features,
  Instances,
  Job,
  JobList,
  JobStats,
  Prediction,
  Predictions,
  Ready,
  Submitted,
} from './schemas.ts'
import { type Body, type CallOptions, type ClientOptions, createSend } from './send.ts'
import { createSlow, type Slow, type SubmitOptions } from './slow.ts'

type BatchOptions = SubmitOptions & {
  /** `text/csv` with a header, or one JSON array or object a line. */
  readonly type: 'text/csv' | 'application/x-ndjson'
}

type ListOptions = CallOptions & {
  readonly state?: Job['state']
  readonly limit?: number
  /** `next_cursor` of the answer before. */
  readonly cursor?: string
}

/** An OpenAPI document, as far as anything here wants to know it. */
type OpenApi = {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string }
  readonly paths: Readonly<Record<string, unknown>>
}

export type Client = Slow & {
  /** Predicts one row, given by the names of the model's features, in any order. */
  readonly predict: (features: Features, options?: CallOptions) => Promise<Prediction>
  /** Predicts many rows, by names or in the model's order; the predictions are in the order of the rows. */
  readonly predictMany: (
    instances: Instances['instances'],
    options?: CallOptions,
  ) => Promise<readonly Prediction[]>
  /** Uploads rows to be scored by a worker. A stream is sent as it comes. */
  readonly submitBatch: (rows: Body, options: BatchOptions) => Promise<Submitted>
  /** The rows that came of a batch, as they come. @throws DsapiError `not_ready` before its end */
  readonly result: (
    id: string,
    options?: CallOptions & { readonly type?: BatchOptions['type'] },
  ) => Promise<ReadableStream<Uint8Array>>
  readonly job: (id: string, options?: CallOptions) => Promise<Job>
  /** The jobs of the key, the newest first, in pages. */
  readonly jobs: (options?: ListOptions) => Promise<JobList>
  readonly cancel: (id: string, options?: CallOptions) => Promise<Job>
  /** How many jobs there are in each state, of all keys; for a key with the scope `admin`. */
  readonly stats: (options?: CallOptions) => Promise<JobStats>
  readonly keys: Keys
  /** Whether the process lives; needs no key. */
  readonly livez: (options?: CallOptions) => Promise<Alive>
  /** Whether it takes requests; needs no key. @throws DsapiError with status 503 when it does not */
  readonly readyz: (options?: CallOptions) => Promise<Ready>
  /** What the server says that it can do; needs no key. */
  readonly openapi: (options?: CallOptions) => Promise<OpenApi>
}

/**
 * Makes a client of a dsapi server. Requests that may safely be made twice are made up to five times, when
 * there is no answer, or a 429 or 503.
 */
export const createClient = (options: ClientOptions): Client => {
  const send = createSend(options)
  const ask = createAsk(send)
  const { get, post, remove } = ask
  const jobPath = (id: string) => `/jobs/${encodeURIComponent(id)}`

  const predictMany: Client['predictMany'] = async (instances, { signal } = {}) => {
    // It changes nothing, so it may be made twice, though it is a POST (RFC 9110, section 9.2.2).
    const options = { signal, repeatable: true }
    return (await post<Predictions>('/predict', { instances }, options)).predictions
  }

  return {
    ...createSlow(send, ask),
    // Not GET /predict/…, where the names have to come in the model's order.
    predict: async (features, options) => (await predictMany([features], options))[0],
    predictMany,
    submitBatch: (body, { type, idempotencyKey, signal }) => {
      const headers = { 'content-type': type, 'idempotency-key': idempotencyKey }
      const call = { method: 'POST', path: '/jobs/batch', headers, body, signal } as const
      return send(
        // A stream is read once; and without a name it would be another batch.
        { ...call, repeatable: idempotencyKey !== undefined && !(body instanceof ReadableStream) },
        async (response) => (await response.json()) as Submitted,
      )
    },
    result: (id, { type = 'text/csv', signal } = {}) =>
      send(
        {
          ...{ method: 'GET', path: `${jobPath(id)}/result`, headers: { accept: type } },
          ...{ signal, repeatable: true },
        },
        // fetch gives every answer but to HEAD a body.
        ({ body }) => body as ReadableStream<Uint8Array>,
      ),
    job: (id, options) => get<Job>(jobPath(id), options),
    jobs: ({ state, limit, cursor, signal } = {}) =>
      get<JobList>(withQuery('/jobs', { state, limit, cursor }), { signal }),
    cancel: (id, options) => remove<Job>(jobPath(id), options),
    stats: (options) => get<JobStats>('/jobs/stats', options),
    keys: createKeys(ask),
    livez: (options) => get<Alive>('/livez', options),
    readyz: (options) => get<Ready>('/readyz', options),
    openapi: (options) => get<OpenApi>('/openapi.json', options),
  }
}
