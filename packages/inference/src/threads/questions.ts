import type { Batch } from '../batch.ts'
import type { BatchFormat } from '../batches/batch-input.ts'
import type { ScoredLines } from '../batches/score-lines.ts'
import type { AnsweredRequest, AnswerOptions, AskedAs } from '../protocols/answer-request.ts'
import type { AnsweredPiece, Sampling } from '../protocols/dsapi-json/answer-rows.ts'
import type { SlowResult } from '../protocols/dsapi-json/slow-prediction.ts'
import type { ProtocolRequest } from '../protocols/protocol.ts'
import type { ReadRows, UnknownMembers } from '../protocols/rows-protocol.ts'
import type { PostedModel } from './model-reader.ts'

/** What a computing thread may be asked, and what it answers, by kind. */
export type Questions = {
  /** The rows in a body. */
  readonly 'read-rows': {
    readonly asked: {
      readonly body: Uint8Array<ArrayBuffer>
      readonly unknownMembers: UnknownMembers
    }
    readonly answer: ReadRows
  }
  /** The answers to a piece of these rows. */
  readonly 'answer-rows': {
    readonly asked: { readonly batch: Batch; readonly sampling: Sampling }
    readonly answer: AnsweredPiece
  }
  /** The answer to a whole request of a protocol, by the protocol's name. */
  readonly 'answer-request': {
    readonly asked: {
      readonly protocol: string
      readonly request: ProtocolRequest
      readonly as: AskedAs
      readonly options: AnswerOptions
    }
    readonly answer: AnsweredRequest
  }
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

export type QuestionKind = keyof Questions

/** A question of one kind, as it is posted. */
export type QuestionOf<K extends QuestionKind> = {
  readonly kind: K
  readonly model: PostedModel
  readonly asked: Questions[K]['asked']
}

export type Question = { readonly [K in QuestionKind]: QuestionOf<K> }[QuestionKind]

export type Answer = Questions[QuestionKind]['answer']
