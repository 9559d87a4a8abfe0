import { DsapiError } from './dsapi-error.ts'
import type { CallOptions, ClientOptions } from './send.ts'
import type { InferAnswer } from './v2/read-answer.ts'

/** Many rows of numbers, row after row: the typed form of `[[1, 1], [1.3, -3.2]]`. */
export type NumberRows = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>

export type RowsOptions = CallOptions & {
  /** How many features the model has: so many numbers are a row. */
  readonly width: number
}

/** The answers to many rows, as typed arrays. */
export type RowPredictions = {
  /** For each row its class, or what the model answers, row after row. */
  readonly predict: Float64Array | readonly string[]
  /** Row after row the probability of each class, in the model's order; undefined for a model without classes. */
  readonly probabilities: Float64Array | undefined
  /** The number of the version that has answered. */
  readonly modelVersion: string | undefined
}

/** Predicts rows of numbers by the Open Inference Protocol, in its binary form. It is loaded when it is used: few pages do. */
export const createPredictRows =
  (client: ClientOptions) =>
  async (
    name: string,
    rows: NumberRows,
    { width, version, signal }: RowsOptions & { readonly version?: number },
  ): Promise<RowPredictions> => {
    const { createV2Client } = await import('./v2/create-v2-client.ts')
    const shape = [rows.length / width, width]
    const input =
      rows instanceof Float32Array
        ? ({ name: 'input', datatype: 'FP32', shape, data: rows } as const)
        : ({ name: 'input', datatype: 'FP64', shape, data: rows } as const)
    const options = { signal, ...(version !== undefined && { version: String(version) }) }
    return predictionsIn(await createV2Client(client).infer(name, { inputs: [input] }, options))
  }

const predictionsIn = ({ outputs, modelVersion }: InferAnswer): RowPredictions => {
  const { predict, predict_proba: probabilities } = outputs
  if (predict === undefined) throw unexpected()
  return {
    predict: valuesOf(predict.data),
    probabilities: probabilities?.datatype === 'FP64' ? probabilities.data : undefined,
    modelVersion,
  }
}

/** Classes that are whole numbers come as integers of 64 bits. A model of dsapi has them as doubles. */
const valuesOf = (data: InferAnswer['outputs'][string]['data']): RowPredictions['predict'] => {
  if (data instanceof Float64Array) return data
  if (data instanceof BigInt64Array) return Float64Array.from(data, Number)
  if (Array.isArray(data)) return data
  throw unexpected()
}

const unexpected = () =>
  new DsapiError('The answer has no output "predict" as dsapi has it', {
    ...{ status: 200, code: 'unexpected_answer' },
  })
