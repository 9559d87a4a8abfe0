import { readModel } from '../kinds/index.ts'
import type { ModelRuntime } from '../runtime.ts'

/** A stored model as it is posted to a thread. */
export type PostedModel = {
  /** Names the model and its version. */
  readonly tag: string
  /** The text of its file. */
  readonly artifact: string
}

/** Makes what reads posted models: a version once, as long as no other comes in between. */
export const createModelReader = (): ((posted: PostedModel) => Promise<ModelRuntime>) => {
  let known: { readonly tag: string; readonly model: ModelRuntime } | undefined
  return async ({ tag, artifact }) => {
    if (known?.tag !== tag) {
      await known?.model.close()
      known = { tag, model: readModel(artifact) }
    }
    return known.model
  }
}
