// The thread for large bodies: reads, predicts and writes a whole body while the other one goes on
// answering.

import { parentPort } from 'node:worker_threads'
import { type LogisticRegressionModel, modelFromJSON } from '@dsapi/model'
import type { ThreadAnswer } from '@dsapi/queue'
import { predictBytes } from './predict-bytes.ts'

/** The model comes along as JSON; a version is read once. */
export type Question = {
  readonly tag: string
  readonly modelJson: string
  readonly body: Uint8Array<ArrayBuffer>
}

let known: { readonly tag: string; readonly model: LogisticRegressionModel } | undefined

const answer = ({ tag, modelJson, body }: Question): void => {
  try {
    if (known?.tag !== tag) known = { tag, model: modelFromJSON(JSON.parse(modelJson)) }
    const value = predictBytes(known.model, body)
    const result: ThreadAnswer = { type: 'result', value }
    parentPort?.postMessage(result, value.ok ? [value.bytes.buffer] : [])
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
    const result: ThreadAnswer = { type: 'error', message, forOwner: false }
    parentPort?.postMessage(result)
  }
}

parentPort?.on('message', answer)
