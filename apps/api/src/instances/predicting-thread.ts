// The thread for large bodies: reads, predicts and writes a whole body while the other one goes on
// answering.

import { answerInThread } from '@dsapi/queue/thread'
import { createModelReader, type PostedModel } from '@dsapi/registry/compute'
import { predictBytes } from './predict-bytes.ts'

export type Question = {
  readonly model: PostedModel
  readonly body: Uint8Array<ArrayBuffer>
  readonly sampleSize: number
}

const readModel = createModelReader()

answerInThread(
  ({ model, body, sampleSize }: Question) => predictBytes(readModel(model), body, sampleSize),
  (predicted) => (predicted.ok ? [predicted.bytes.buffer] : []),
)
