// The thread that computes. It knows no database, no queue and no HTTP: it gets questions and answers them, and
// is ended from outside when it takes too long. It loads only what it computes with: a worker has ten.

import { setTimeout } from 'node:timers/promises'
import { scoreLinesInTime } from '../batches/score-lines.ts'
import { answerPiece } from '../protocols/dsapi-json/answer-rows.ts'
import { predictFeatures } from '../protocols/dsapi-json/slow-prediction.ts'
import { dsapiJson } from '../protocols/dsapi-json.ts'
import type { ModelRuntime } from '../runtime.ts'
import { answerInThread } from './answer-in-thread.ts'
import { createModelReader } from './model-reader.ts'
import type { Answer, Question, QuestionOf } from './questions.ts'
import { releaseMemory } from './release-memory.ts'

const readModel = createModelReader()

const compute = async (question: Question): Promise<Answer> => {
  const model = await readModel(question.model)
  switch (question.kind) {
    case 'read-rows': {
      const { body, unknownMembers } = question.asked
      return dsapiJson.read(body, model.info, { unknownMembers })
    }
    case 'answer-rows':
      return answerPiece(model, question.asked.batch, question.asked.sampling)
    case 'answer-request':
      return answerProtocol(question, model)
    case 'batch': {
      const { format, lines, firstRow } = question.asked
      return scoreLinesInTime(model, format, lines, firstRow)
    }
    case 'slow-prediction': {
      const { delayMs, features } = question.asked
      // Stands for a model that really is slow.
      if (delayMs > 0) await setTimeout(delayMs)
      return predictFeatures(model, question.model.tag, features)
    }
  }
}

/** A worker is asked nothing in these protocols, so they are loaded when the first question comes. */
const answerProtocol = async (
  { asked }: QuestionOf<'answer-request'>,
  model: ModelRuntime,
): Promise<Answer> => {
  const { protocols } = await import('../protocols/index.ts')
  const { answerRequest } = await import('../protocols/answer-request.ts')
  const protocol = protocols.find(({ name }) => name === asked.protocol)
  if (protocol === undefined) throw new Error(`There is no protocol ${asked.protocol}`)
  const answer = await answerRequest(protocol, asked.request, model, asked.as, asked.options)
  releaseMemory(asked.request.body)
  return answer
}

answerInThread(compute, (answer) => {
  if ('bytes' in answer) return [answer.bytes.buffer]
  if ('written' in answer) return [answer.written.body.buffer]
  return 'batches' in answer ? answer.batches.map(({ numbers }) => numbers.buffer) : []
})
