// The thread that computes. It knows no database and no queue: it gets questions and answers them, and
// is ended from outside when it takes too long. It loads only what it computes with: a worker has ten.

import { setTimeout } from 'node:timers/promises'
import { parentPort } from 'node:worker_threads'
import { type LogisticRegressionModel, modelFromJSON } from '@dsapi/model'
import type { ThreadAnswer } from '@dsapi/queue'
import { JobError } from '@dsapi/queue/job-error'
import { parseFeatures, predictRow, scoreLines } from '@dsapi/registry/compute'
import type { Answer, Question } from './question.ts'

let known: { readonly tag: string; readonly model: LogisticRegressionModel } | undefined

const modelOf = ({ tag, modelJson }: Question): LogisticRegressionModel => {
  if (known?.tag !== tag) known = { tag, model: modelFromJSON(JSON.parse(modelJson)) }
  return known.model
}

const compute = async (question: Question): Promise<Answer> => {
  const model = modelOf(question)
  if (question.kind === 'batch') {
    const { format, lines, firstRow } = question.asked
    return scoreLines(model, format, lines, firstRow)
  }
  // Stands for a model that really is slow.
  const { delayMs } = question.asked
  if (delayMs > 0) await setTimeout(delayMs)
  const parsed = parseFeatures(model.featureNames, question.asked.features)
  if (parsed.ok) return { ...predictRow(model, parsed.row), model_version: question.tag }
  const problems = parsed.problems.map(({ field, message }) => `${field} ${message}`)
  throw new JobError(`model ${question.tag} cannot use this input: ${problems.join(', ')}`)
}

parentPort?.on('message', async (question: Question) => {
  const answer: ThreadAnswer = await compute(question).then(
    (value) => ({ type: 'result', value }),
    (error: unknown) => ({
      type: 'error',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      forOwner: error instanceof JobError,
    }),
  )
  parentPort?.postMessage(answer)
})
