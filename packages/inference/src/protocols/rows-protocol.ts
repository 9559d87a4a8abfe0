import type { Batch } from '../batch.ts'
import type { ModelInfo } from '../model-info.ts'
import type { Predictions } from '../predictions.ts'
import type { FieldProblem } from './protocol.ts'

/** The rows of a body in pieces, or what is wrong with it: nothing throws for what a client sent. */
export type ReadRows =
  | { readonly ok: true; readonly batches: readonly Batch[] }
  | { readonly ok: false; readonly reason: 'rows'; readonly problems: readonly FieldProblem[] }
  /** `part`: what was being read. */
  | { readonly ok: false; readonly reason: 'notJson'; readonly part: string }
  | { readonly ok: false; readonly reason: 'notUtf8' }

/**
 * How a body of many rows, and the answer to it, are written, where each row is answered by itself: so the answer may go
 * out in pieces. What answers with whole columns is a `Protocol`.
 */
export type RowsProtocol = {
  readonly name: string
  readonly read: (body: Uint8Array, model: ModelInfo) => ReadRows
  /** Writes the answers to some rows. */
  readonly write: (predictions: Predictions) => string
  /** What stands before the first of them, between two pieces, and after the last. */
  readonly around: { readonly start: string; readonly between: string; readonly end: string }
}
