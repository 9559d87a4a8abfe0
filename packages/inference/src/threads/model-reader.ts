import type { Artifact } from '../artifact.ts'
import { readArtifact } from '../engines/read-artifact.ts'
import { readModel } from '../kinds/index.ts'
import type { ModelInfo } from '../model-info.ts'
import type { ModelOptions } from '../model-options.ts'
import type { ModelRuntime } from '../runtime.ts'
import { askParent } from './answer-in-thread.ts'

/** A model as it is posted to a thread. */
export type PostedModel = {
  /** Names the model and its version, among all models. */
  readonly id: string
  readonly tag: string
  /** Its file, which the thread reads; or its description, where an engine elsewhere computes. */
  readonly source:
    | { readonly type: 'artifact'; readonly artifact: Artifact; readonly options: ModelOptions }
    | { readonly type: 'engine'; readonly info: ModelInfo }
}

/** How many models a thread keeps: those that it was asked for last. */
const mostKept = 8

/** Makes what reads posted models, each once as long as not too many others come in between. */
export const createModelReader = (): ((posted: PostedModel) => Promise<ModelRuntime>) => {
  const kept = new Map<string, ModelRuntime>()
  return async ({ id, source }) => {
    if (source.type === 'engine') return parentRuntime(source.info)
    const model =
      kept.get(id) ?? (await readModel(await readArtifact(source.artifact), source.options))
    kept.delete(id)
    kept.set(id, model) // The last that was asked for stands last.
    const [oldest] = kept.keys()
    if (kept.size > mostKept) kept.delete(oldest)
    return model
  }
}

/** Has the thread that asks compute: there the engine is. */
const parentRuntime = (info: ModelInfo): ModelRuntime => ({
  info,
  predict: askParent,
  close: async () => {},
})
