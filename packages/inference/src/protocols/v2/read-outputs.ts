import { isRecord } from '../../is-record.ts'
import type { ModelInfo } from '../../model-info.ts'
import { type AnswerKind, answerKinds } from '../answer-kinds.ts'
import { Wrong } from '../json/wrong.ts'
import { shorten } from '../shorten.ts'

/** An output that a request asks for. */
export type AskedOutput = {
  /** As the request calls it. */
  readonly name: string
  readonly kind: AnswerKind
  readonly isBinary: boolean
  /** For how many classes to answer with text, as the extension "classification" has it; 0 for numbers. */
  readonly classification: number
}

/** What KServe calls the only output of a model. */
const alias = 'output-0'

/**
 * Reads which outputs a request asks for; without any, all of the model.
 *
 * @param isBinary whether an output is binary about which the request does not decide
 */
export const readOutputs = (
  outputs: unknown,
  isBinary: boolean,
  model: ModelInfo,
): readonly AskedOutput[] | Wrong => {
  const kinds = answerKinds(model)
  const all = kinds.map((kind) => ({ name: kind, kind, isBinary, classification: 0 }))
  if (outputs === undefined || outputs === null) return all
  if (!Array.isArray(outputs)) return new Wrong('outputs', 'must be an array')
  if (outputs.length === 0) return all
  const asked: AskedOutput[] = []
  for (const [index, output] of outputs.entries()) {
    const field = `outputs[${index}]`
    const read = readOutput(output, field, isBinary, kinds)
    if (read instanceof Wrong) return read
    if (asked.some(({ name }) => name === read.name)) {
      return new Wrong(`${field}.name`, `is "${read.name}" a second time`)
    }
    asked.push(read)
  }
  return asked
}

const readOutput = (
  output: unknown,
  field: string,
  isBinary: boolean,
  kinds: readonly AnswerKind[],
): AskedOutput | Wrong => {
  if (!isRecord(output)) return new Wrong(field, 'must be an object')
  const { name } = output
  if (typeof name !== 'string') {
    return new Wrong(`${field}.name`, name === undefined ? 'is missing' : 'must be a string')
  }
  const kind = name === alias ? 'predict' : kinds.find((each) => each === name)
  if (kind === undefined) {
    const message = `is "${shorten(name)}", which is no output of the model. It has ${kinds.join(', ')}`
    return new Wrong(`${field}.name`, message)
  }
  const parameters = output.parameters ?? {}
  if (!isRecord(parameters)) return new Wrong(`${field}.parameters`, 'must be an object')
  return readParameters(parameters, `${field}.parameters`, { name, kind, isBinary })
}

const readParameters = (
  parameters: Readonly<Record<string, unknown>>,
  field: string,
  output: Omit<AskedOutput, 'classification'>,
): AskedOutput | Wrong => {
  const { binary_data: binary, classification = 0, shared_memory_region: region } = parameters
  const { isBinary, kind } = output
  if (region !== undefined) return new Wrong(`${field}.shared_memory_region`, 'is not supported')
  if (binary !== undefined && typeof binary !== 'boolean') {
    return new Wrong(`${field}.binary_data`, 'must be true or false')
  }
  if (!isCount(classification)) {
    return new Wrong(`${field}.classification`, 'must be a whole number from 0 on')
  }
  if (classification > 0 && kind !== 'predict_proba') {
    const message = 'is for the output predict_proba, which classifiers have'
    return new Wrong(`${field}.classification`, message)
  }
  return { ...output, isBinary: binary ?? isBinary, classification }
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0
