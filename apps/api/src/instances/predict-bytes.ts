import type { LogisticRegressionModel } from '@dsapi/model'
import {
  type AnsweredRow,
  type FieldProblem,
  predictRows,
  readInstances,
  rowsPerPiece,
  type Sampling,
} from '@dsapi/registry/compute'
import { type ApiError, invalidBody } from '../http/errors.ts'
import { notUtf8 } from '../http/plain-body.ts'
import { notJson } from '../http/read-json.ts'

/** The rows of a body in pieces; or, for a body that could not be read, what the client is told about it. */
export type ReadRows =
  | { readonly ok: true; readonly pieces: readonly Float64Array<ArrayBuffer>[] }
  | { readonly ok: false; readonly message: string; readonly detail?: readonly FieldProblem[] }

/** A piece of the answer. */
export type PredictedPiece = {
  /** JSON objects with commas between them. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** How many predictions there are of each class, in the model's order. */
  readonly counts: readonly number[]
  readonly sample: readonly AnsweredRow[]
}

/** Reads the body of a request for many predictions. */
export const readRows = (model: LogisticRegressionModel, body: Uint8Array): ReadRows => {
  const read = readInstances(model.featureNames, body, rowsPerPiece(model))
  if (read.ok) return read
  if (read.reason === 'rows') return told(invalidBody(read.problems))
  return told(read.reason === 'notUtf8' ? notUtf8() : notJson(read.part))
}

const told = ({ message, facts: { detail } }: ApiError): ReadRows => ({
  ok: false,
  message,
  ...(detail && { detail }),
})

const encoder = new TextEncoder()

/** Predicts a piece of rows. */
export const predictPiece = (
  model: LogisticRegressionModel,
  rows: Float64Array,
  sampling: Sampling,
): PredictedPiece => {
  const { json, counts, sample } = predictRows(model, rows, sampling)
  return { bytes: encoder.encode(json), counts, sample }
}
