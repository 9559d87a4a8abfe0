import type { IncomingMessage } from 'node:http'
import type { AnsweredPiece } from '@dsapi/inference'
import type { Trace } from './trace.ts'

/** The answer to a request for predictions, whichever path the request takes through the server. */
export type Answered = {
  /** The version that has answered. */
  readonly tag: string
} & (
  | { readonly type: 'whole'; readonly body: string | Uint8Array<ArrayBuffer> }
  | {
      readonly type: 'pieces'
      readonly first: readonly [AnsweredPiece, AnsweredPiece]
      readonly rest: AsyncGenerator<AnsweredPiece, void>
    }
)

/** What the fast path has begun. */
export type Begun = {
  /** By `performance.now()`. */
  readonly startedAt: number
  readonly trace: Trace
  readonly answer: Promise<Answered>
}

const begun = Symbol('begun')

type WithBegun = IncomingMessage & { [begun]?: Begun }

/** Keeps with a request what the fast path has begun, so that the general path continues it if the fast path cannot finish it. */
export const keepBegun = (request: WithBegun, kept: Begun): void => {
  request[begun] = kept
}

export const begunOf = (request: WithBegun): Begun | undefined => request[begun]
