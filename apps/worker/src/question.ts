import type { BatchFormat, ScoredLines, SlowResult } from '@dsapi/registry'
import type { PostedModel } from '@dsapi/registry/compute'

/** What a computing thread may be asked, and what it answers, by kind. */
export type Computations = {
  readonly 'slow-prediction': {
    readonly asked: { readonly delayMs: number; readonly features: unknown }
    readonly answer: SlowResult
  }
  readonly batch: {
    readonly asked: {
      readonly format: BatchFormat
      readonly lines: string
      readonly firstRow: number
    }
    readonly answer: ScoredLines
  }
}

export type Kind = keyof Computations

/** A question as it is posted. */
export type Question = {
  readonly [K in Kind]: {
    readonly kind: K
    readonly model: PostedModel
    readonly asked: Computations[K]['asked']
  }
}[Kind]

export type Answer = Computations[Kind]['answer']
