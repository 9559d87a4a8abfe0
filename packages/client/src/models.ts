import { type Ask, withQuery } from './ask.ts'
import type { createPredictRows, NumberRows, RowPredictions, RowsOptions } from './predict-rows.ts'
import type {
  AddedVersion,
  AnyFeatures,
  AnyInstances,
  AnyPrediction,
  AnyPredictions,
  Evaluation,
  Evaluations,
  Model,
  ModelList,
  ModelVersion,
  ModelWithVersions,
  Submitted,
} from './schemas.ts'
import type { Body, CallOptions, Send } from './send.ts'
import { drawKey, type SubmitOptions } from './slow.ts'

type PredictOptions = CallOptions & {
  /** The number of a version. Without it, the version that is served answers. */
  readonly version?: number
}

type AddOptions = CallOptions & {
  /** Whether the version is served at once. The first version of a model always is. */
  readonly serve?: boolean
  /** What the file cannot say, such as the names of the features. */
  readonly options?: Readonly<Record<string, unknown>>
}

type ServeOptions = CallOptions & {
  /** Only for a share of the requests, such as `10%`. */
  readonly canary?: string
  /** Only for copies of requests, whose answers nobody gets; `false` ends that. */
  readonly shadow?: boolean
}

/** Models by their names. All changes, and files, require the scope `admin`. */
export type Models = {
  /** Lists the models that the key may use. */
  readonly list: (options?: CallOptions) => Promise<readonly Model[]>
  /** A model with all its versions, the newest first. */
  readonly get: (name: string, options?: CallOptions) => Promise<ModelWithVersions>
  readonly version: (name: string, version: number, options?: CallOptions) => Promise<ModelVersion>
  /** How well a version answers rows whose answers are known; the newest evaluation first. */
  readonly evaluations: (
    name: string,
    version: number,
    options?: CallOptions,
  ) => Promise<readonly Evaluation[]>
  /** The file of a version, as it was added. */
  readonly file: (name: string, version: number, options?: CallOptions) => Promise<Blob>
  /** Predicts one row, given by the names of the model's features, in any order. */
  readonly predict: (
    name: string,
    features: AnyFeatures,
    options?: PredictOptions,
  ) => Promise<AnyPrediction>
  /** Predicts many rows, by names or in the model's order; the predictions are in the order of the rows. */
  readonly predictMany: (
    name: string,
    instances: AnyInstances['instances'],
    options?: PredictOptions,
  ) => Promise<readonly AnyPrediction[]>
  /** Predicts many rows of numbers, with typed arrays in and out, in the binary form of the Open Inference Protocol. */
  readonly predictRows: (
    name: string,
    rows: NumberRows,
    options: RowsOptions & PredictOptions,
  ) => Promise<RowPredictions>
  /** Submits a slow prediction, whose result `wait` returns. */
  readonly submit: (
    name: string,
    features: AnyFeatures,
    options?: SubmitOptions,
  ) => Promise<Submitted>
  /** Adds a file as the newest version. A stream is sent as it is read. @throws DsapiError `model_refused` */
  readonly add: (name: string, file: Body, options?: AddOptions) => Promise<AddedVersion>
  readonly serve: (name: string, version: number, options?: ServeOptions) => Promise<Model>
  /** Serves the version again that was served before. */
  readonly rollBack: (name: string, options?: CallOptions) => Promise<Model>
  /** Removes a version. @throws DsapiError `conflict` while it is served, a canary or a shadow */
  readonly remove: (name: string, version: number, options?: CallOptions) => Promise<ModelVersion>
}

export const createModels = (
  send: Send,
  { get, post, put, remove }: Ask,
  predictRows: ReturnType<typeof createPredictRows>,
): Models => {
  const pathOf = (name: string, below = '') => `/models/${encodeURIComponent(name)}${below}`
  const versionPath = (name: string, version: number, below = '') =>
    pathOf(name, `/versions/${version}${below}`)

  const predictMany: Models['predictMany'] = async (name, instances, { version, signal } = {}) => {
    const path =
      version === undefined ? pathOf(name, '/predict') : versionPath(name, version, '/predict')
    return (await post<AnyPredictions>(path, { instances }, { signal, repeatable: true }))
      .predictions
  }

  return {
    list: async (options) => (await get<ModelList>('/models', options)).models,
    get: (name, options) => get(pathOf(name), options),
    version: (name, version, options) => get(versionPath(name, version), options),
    evaluations: async (name, version, options) =>
      (await get<Evaluations>(versionPath(name, version, '/evaluations'), options)).evaluations,
    file: (name, version, { signal } = {}) => {
      const path = versionPath(name, version, '/file')
      return send({ method: 'GET', path, signal, repeatable: true }, (response) => response.blob())
    },
    predict: async (name, features, options) => (await predictMany(name, [features], options))[0],
    predictMany,
    predictRows,
    submit: (name, features, { idempotencyKey = drawKey(), signal } = {}) =>
      post(pathOf(name, '/predict-slow'), features, {
        ...{ signal, headers: { 'idempotency-key': idempotencyKey }, repeatable: true },
      }),
    add: (name, body, { serve, options, signal } = {}) => {
      const query = {
        serve: serve === undefined ? undefined : String(serve),
        options: options && JSON.stringify(options),
      }
      const path = withQuery(pathOf(name, '/versions'), query)
      const headers = { 'content-type': 'application/octet-stream' }
      return send(
        { method: 'POST', path, headers, body, signal, repeatable: false },
        async (response) => (await response.json()) as AddedVersion,
      )
    },
    serve: (name, version, { canary, shadow, signal } = {}) =>
      put(pathOf(name, '/served'), { version, canary, shadow }, { signal }),
    // Sent twice, it would go back twice.
    rollBack: (name, { signal } = {}) =>
      post(pathOf(name, '/rollback'), undefined, { signal, repeatable: false }),
    remove: (name, version, options) => remove(versionPath(name, version), options),
  }
}
