import type { Artifact, ModelOptions, ModelRuntime } from '@dsapi/inference'
import type { AskedModel } from '@dsapi/inference/threads'
import { tagOf } from '../version-tag.ts'

/** A version of a model, loaded. */
export type StoredModel = AskedModel & {
  /** Under which requests ask for it. */
  readonly name: string
  /** 1 is the oldest. */
  readonly version: number
  /** SHA-256, in hex, over the model's file and options; without options, of the file. */
  readonly sha256: string
  /** The version and the first characters of the hash, as answers name it: `3-9f86d081`. With the name it is the `id`. */
  readonly tag: string
  /** When it was stored: milliseconds since 1970 (UTC). */
  readonly createdAt: number
  /** What computes. */
  readonly model: ModelRuntime
  /** Its file, and what that cannot say. */
  readonly artifact: Artifact
  readonly options: ModelOptions
}

/** Completes what is known of a version with what follows from it. */
export const toStoredModel = (version: Omit<StoredModel, 'id' | 'tag' | 'source'>): StoredModel => {
  const { name, artifact, options, model } = version
  const tag = tagOf(version)
  return {
    ...version,
    tag,
    id: `${name}/${tag}`,
    source: model.state
      ? { type: 'engine', info: model.info }
      : { type: 'artifact', artifact, options },
  }
}
