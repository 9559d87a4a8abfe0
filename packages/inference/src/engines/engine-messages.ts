import type { Batch } from '../batch.ts'
import type { Predictions } from '../predictions.ts'
import type { PostedError } from '../threads/posted-error.ts'

/** What a member in a thread, or in a forked process, is sent: first its data, then one batch after another. */
export type ToMember<Data> =
  | { readonly type: 'start'; readonly data: Data }
  | { readonly type: 'batch'; readonly batch: Batch }

/** What it posts: once that it is ready, or why not; then an answer to each batch. */
export type FromMember<Hello> =
  | { readonly type: 'ready'; readonly hello: Hello }
  | { readonly type: 'predictions'; readonly predictions: Predictions }
  | { readonly type: 'error'; readonly error: PostedError }
