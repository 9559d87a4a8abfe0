import type { AnyPrediction, FullAuditList, Key, Model, Job as OwnJob } from '@dsapi/client'

/** A job as lists show it; the jobs of others come without input, result and the text of the error. */
export type Job = OwnJob & {
  /** The key line that submitted it, in lists of all jobs. */
  readonly owner?: string
  /** What kind of error a job of another key failed with. */
  readonly error_code?: string
}

export type JobPage = { readonly jobs: readonly Job[]; readonly next_cursor?: string }
export type KeyList = { readonly keys: readonly Key[] }
export type AuditEntry = FullAuditList['audit'][number]
export type AuditList = { readonly audit: readonly AuditEntry[]; readonly next_cursor?: string }
export type ModelList = { readonly models: readonly Model[] }
export type ModelOutput = NonNullable<Model['output']>
export type ModelFeature = NonNullable<Model['features']>[number]
export type AnyPredictions = { readonly predictions: readonly AnyPrediction[] }
