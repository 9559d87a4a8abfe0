// The thread for large bodies: reads a body, or predicts a piece of its rows, while the other one goes on
// answering.

import { answerInThread } from '@dsapi/queue/thread'
import { createModelReader, type PostedModel, type Sampling } from '@dsapi/registry/compute'
import { type PredictedPiece, predictPiece, type ReadRows, readRows } from './predict-bytes.ts'

export type Question = { readonly model: PostedModel } & (
  | { readonly do: 'read'; readonly body: Uint8Array<ArrayBuffer> }
  | {
      readonly do: 'predict'
      readonly rows: Float64Array<ArrayBuffer>
      readonly sampling: Sampling
    }
)

/** What the thread answers to each kind of question. */
export type Answers = { readonly read: ReadRows; readonly predict: PredictedPiece }

const readModel = createModelReader()

answerInThread(
  (question: Question): Answers[Question['do']] => {
    const model = readModel(question.model)
    return question.do === 'read'
      ? readRows(model, question.body)
      : predictPiece(model, question.rows, question.sampling)
  },
  (answer) => {
    if ('bytes' in answer) return [answer.bytes.buffer]
    return answer.ok ? answer.pieces.map(({ buffer }) => buffer) : []
  },
)
