import {
  type Batch,
  type ModelInfo,
  type ModelOptions,
  ModelOptionsError,
  type Predictions,
} from '@dsapi/inference'
import type { InputPlan } from '../describe/input-plan.ts'
import { type NumberLimits, numberLimits } from '../describe/number-limits.ts'
import { planInputs } from '../describe/plan-inputs.ts'
import { planOutput } from '../describe/plan-output.ts'
import { readOnnxFile } from '../file/read-onnx-file.ts'
import { createAnswers, fetchesOf } from './answers.ts'
import { createSession, type Engine, tryRow } from './session.ts'

/** What a run computes between two layers takes memory for each of its rows. */
const mostRowsPerRun = 10_000

/** What is known of a model once an engine has loaded it. */
export type OnnxHello = { readonly info: ModelInfo; readonly limits: readonly NumberLimits[] }

/** A model in an engine. */
type LoadedModel = {
  readonly hello: OnnxHello
  readonly predict: (batch: Batch) => Promise<Predictions>
}

/**
 * Reads an ONNX file and loads it into an engine.
 *
 * @throws Error when the file is damaged, cannot be served, or does not go with the options; it says what to do
 */
export const loadModel = async (
  engine: Engine,
  bytes: Uint8Array,
  options: ModelOptions,
): Promise<LoadedModel> => {
  expectOptions(options)
  const file = readOnnxFile(bytes)
  const { inputs, features, rowsPerRun = mostRowsPerRun, warnings } = planInputs(file, options)
  const session = await createSession(engine, file, inputs)
  const output = planOutput(file, options, await tryRow(session, file, inputs))
  const fetches = fetchesOf(output)
  const areZerosMissing = options.missing === 'zero'
  const info: ModelInfo = {
    format: 'onnx',
    ...(file.producer !== undefined && { producer: file.producer }),
    precision: inputs.some(({ elementType }) => elementType === 'float32') ? 'float32' : 'float64',
    features,
    featureNames: features.map(({ name }) => name),
    output:
      output.type === 'classes'
        ? { type: 'classes', classes: output.classes }
        : { type: 'values', names: output.names },
    warnings: [...warnings, ...output.warnings],
  }
  const predict = async (batch: Batch): Promise<Predictions> => {
    const { nRows } = batch
    const answers = createAnswers(output, nRows)
    const given = areZerosMissing ? withoutZeros(batch, inputs) : batch
    for (let first = 0; first < nRows; first += rowsPerRun) {
      const end = Math.min(first + rowsPerRun, nRows)
      answers.add(await session.run(given, { first, end }, fetches), first, end - first)
    }
    return answers.predictions
  }
  return { hello: { info, limits: numberLimits(inputs) }, predict }
}

/** @throws Error when an option is for other kinds of models */
const expectOptions = ({ output, trees }: ModelOptions): void => {
  if (output !== undefined) {
    throw new ModelOptionsError(
      'The option output is not for ONNX files, whose outputs are fixed; choose one of them by the option outputName',
    )
  }
  if (trees !== undefined) throw new ModelOptionsError('The option trees is not for ONNX files')
}

/** A batch in which zeros of floats are missing. */
const withoutZeros = (batch: Batch, inputs: readonly InputPlan[]): Batch => {
  const isFloat = inputs
    .filter(({ elementType }) => elementType !== 'string')
    .flatMap(({ elementType, width }) =>
      Array.from({ length: width }, () => elementType.startsWith('float')),
    )
  const numbers = batch.numbers.map((number, at) =>
    number === 0 && isFloat[at % isFloat.length] ? Number.NaN : number,
  )
  return { ...batch, numbers }
}
