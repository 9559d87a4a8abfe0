// The thread that computes. It knows no database and no queue: it gets questions and answers them, and
// is ended from outside when it takes too long. It loads only what it computes with: a worker has ten.

import { setTimeout } from 'node:timers/promises'
import { JobError } from '@dsapi/queue/job-error'
import { answerInThread } from '@dsapi/queue/thread'
import {
  BatchFormatError,
  createModelReader,
  parseFeatures,
  predictRow,
  scoreLines,
} from '@dsapi/registry/compute'
import type { Answer, Question } from './question.ts'

const readModel = createModelReader()

const compute = async (question: Question): Promise<Answer> => {
  const model = readModel(question.model)
  if (question.kind === 'batch') {
    const { format, lines, firstRow } = question.asked
    return forOwner(() => scoreLines(model, format, lines, firstRow))
  }
  const { delayMs, features } = question.asked
  // Stands for a model that really is slow.
  if (delayMs > 0) await setTimeout(delayMs)
  const { tag } = question.model
  const parsed = parseFeatures(model.featureNames, features)
  if (parsed.ok) return { ...predictRow(model, parsed.row), model_version: tag }
  const problems = parsed.problems.map(({ field, message }) => `${field} ${message}`)
  const more = parsed.more > 0 ? ` and ${parsed.more} more` : ''
  throw new JobError(`model ${tag} cannot use this input: ${problems.join(', ')}${more}`)
}

/** Another attempt would read the same text with the same model. */
const forOwner = <T>(score: () => T): T => {
  try {
    return score()
  } catch (error) {
    throw error instanceof BatchFormatError ? new JobError(error.message, { isFinal: true }) : error
  }
}

answerInThread(compute)
