import type { Batch } from '../batch.ts'
import type { ModelInfo } from '../model-info.ts'
import type { Predictions } from '../predictions.ts'
import type { FieldProblem } from './protocol.ts'

/** What is done about members of a row that are no features of the model. */
export type UnknownMembers = 'ignored' | 'refused'

export type ReadOptions = {
  readonly unknownMembers: UnknownMembers
  /** How many values the rows may have in all. Those that are absent take no place in the body, but as much in memory. */
  readonly mostValues?: number
}

/** The rows of a body in pieces, or what is wrong with it: nothing throws for what a client sent. */
export type ReadRows =
  | { readonly ok: true; readonly batches: readonly Batch[] }
  | { readonly ok: false; readonly reason: 'rows'; readonly problems: readonly FieldProblem[] }
  /** `part`: what was being read. */
  | { readonly ok: false; readonly reason: 'notJson'; readonly part: string }
  | { readonly ok: false; readonly reason: 'notUtf8' }
  | { readonly ok: false; readonly reason: 'tooManyValues'; readonly mostValues: number }

/**
 * How a body of many rows, and the answer to it, are written, where each row is answered by itself: so the answer may go
 * out in pieces. What answers with whole columns is a `Protocol`.
 */
export type RowsProtocol = {
  readonly name: string
  readonly read: (body: Uint8Array, model: ModelInfo, options: ReadOptions) => ReadRows
  /** Writes the answers to some rows. */
  readonly write: (predictions: Predictions) => string
  /** What stands before the first of them, between two pieces, and after the last. */
  readonly around: { readonly start: string; readonly between: string; readonly end: string }
}
