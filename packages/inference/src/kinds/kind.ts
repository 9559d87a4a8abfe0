import type { ModelRuntime } from '../runtime.ts'

/** A kind of model: which files hold one, and what computes with it. */
export type Kind = {
  readonly name: string
  /** Whether a file, given as `JSON.parse` reads it, is of this kind, perhaps damaged. */
  readonly recognizes: (json: unknown) => boolean
  /** @throws Error when the file is damaged, or of a version that is not known */
  readonly read: (json: unknown) => ModelRuntime
}
