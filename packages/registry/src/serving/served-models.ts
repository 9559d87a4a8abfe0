import type { StoredModel } from '../loading/stored-model.ts'

/** What answers the requests to one model. Find it once for a request, and use it to its end. */
export type ServedModel = {
  readonly served: StoredModel
  /** Gets this share of the requests, above 0 and below 1. */
  readonly canary?: { readonly model: StoredModel; readonly share: number }
  /** Answers copies of requests; nobody gets its answers. */
  readonly shadow?: StoredModel
}

/** A version that should answer and cannot. */
export type ModelProblem = {
  readonly name: string
  readonly version: number
  /** Why, and what to do. */
  readonly message: string
  /** The version that answers in its place; undefined where none does. */
  readonly servedInstead: number | undefined
}

/** The models that are served now; they change while the process runs. */
export type ServedModels = {
  /** In their order, also those of which no version can be served. */
  readonly names: () => readonly string[]
  /** What answers for a model; undefined for one that is not there, is still loading, or cannot be served. */
  readonly find: (name: string) => ServedModel | undefined
  /** The same, after waiting for a model that is still loading. */
  readonly wait: (name: string) => Promise<ServedModel | undefined>
  /**
   * Looks for changes now, for the process that made one. Resolves when the model is loaded as it is now, or when loading takes
   * longer than two looks; what goes wrong is reported as after any look.
   */
  readonly takeUp: (name: string) => Promise<void>
  readonly problems: () => readonly ModelProblem[]
  /**
   * Loads any version, by its number or its tag. The few that were asked for last are kept.
   *
   * @throws ModelGoneError when there is no such version; StoredModelError when it cannot be served
   */
  readonly load: (name: string, version: number | string) => Promise<StoredModel>
  /** Stops looking for changes, and closes all models. */
  readonly stop: () => Promise<void>
}
