import type { Artifact } from '../artifact.ts'
import type { EngineContext } from '../engines/engine-context.ts'
import type { ModelOptions } from '../model-options.ts'
import type { ModelRuntime } from '../runtime.ts'

/** What all kinds of models have. */
type AnyKind = {
  readonly name: string
  /** Whether a file is of this kind, perhaps damaged. @param head its first bytes: 4 KiB, or all if it has fewer */
  readonly recognizes: (head: Uint8Array) => boolean
}

/** A kind of model that is read and computed in any thread, by our code. */
export type LocalKind = AnyKind & {
  /**
   * It may load code first: a process loads that of the models which it serves, and no other.
   *
   * @throws Error when the file is damaged, of a version that is not known, or does not go with the options
   */
  readonly read: (bytes: Uint8Array, options: ModelOptions) => ModelRuntime | Promise<ModelRuntime>
}

/** A kind of model that an engine computes, in a thread or a process of its own. */
export type EngineKind = AnyKind & {
  /** @throws Error when the engine is not installed, with the line to type, or cannot serve the file */
  readonly start: (
    artifact: Artifact,
    options: ModelOptions,
    context: EngineContext,
  ) => Promise<ModelRuntime>
}

/** A kind of model: which files hold one, and what computes with it. */
export type Kind = LocalKind | EngineKind
