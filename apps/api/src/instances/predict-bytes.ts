import type { LogisticRegressionModel } from '@dsapi/model'
import { type AnsweredRow, type FieldProblem, predictInstances } from '@dsapi/registry/compute'
import { ApiError, invalidBody } from '../errors.ts'
import { decodeBody } from '../plain-body.ts'
import { parseJson } from '../read-json.ts'

/** The body of the answer; or, for a body that could not be read, what the client is told about it. */
export type PredictedBytes =
  | {
      readonly ok: true
      readonly bytes: Uint8Array<ArrayBuffer>
      /** How many predictions there are of each class, in the model's order. */
      readonly counts: readonly number[]
      /** Of the rows, as many as were asked for. */
      readonly sample: readonly AnsweredRow[]
    }
  | { readonly ok: false; readonly message: string; readonly detail?: readonly FieldProblem[] }

const encoder = new TextEncoder()

/** From the body of a request for many predictions to the body of its answer. */
export const predictBytes = (
  model: LogisticRegressionModel,
  body: Uint8Array,
  sampleSize: number,
): PredictedBytes => {
  try {
    const predicted = predictInstances(model, parseJson(decodeBody(body)), sampleSize)
    if (!predicted.ok) throw invalidBody(predicted.problems)
    const { json, counts, sample } = predicted
    return { ok: true, bytes: encoder.encode(json), counts, sample }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const { message, facts } = error
    return { ok: false, message, ...(facts.detail && { detail: facts.detail }) }
  }
}
