import type { Batch } from '@dsapi/inference'
import type * as Ort from 'onnxruntime-web'
import type { InputPlan } from '../describe/input-plan.ts'
import type { OnnxFile } from '../file/onnx-file.ts'
import { makeFeeds, type Rows, type Tensors } from './feeds.ts'
import type { Results, Trial } from './tensors.ts'

/** What is used of onnxruntime, which is the same in both engines. */
export type Engine = Tensors & Pick<typeof Ort, 'InferenceSession'>

/** A model in an engine. */
export type Session = {
  /** Computes some rows of a batch. @param fetches the outputs that are wanted */
  readonly run: (batch: Batch, rows: Rows, fetches: readonly string[]) => Promise<Results>
}

// What the engine writes would be in the log a second time, past its format: the exception has it.
const quiet = { logSeverityLevel: 4 } as const

const options: Ort.InferenceSession.SessionOptions = {
  ...quiet,
  executionProviders: ['cpu'],
  // Models compute side by side in threads and processes; threads of each would be in each other's way.
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
}

/** @throws Error with what the engine says of the file, and what may help */
export const createSession = async (
  engine: Engine,
  file: OnnxFile,
  inputs: readonly InputPlan[],
): Promise<Session> => {
  const session = await load(engine, file)
  return {
    run: async (batch, rows, fetches) => {
      const tensors = await session.run(makeFeeds(engine, inputs, batch, rows), fetches, quiet)
      return new Map(Object.entries(tensors))
    },
  }
}

const load = async ({ InferenceSession }: Engine, file: OnnxFile) => {
  try {
    return await InferenceSession.create(file.bytes, options)
  } catch (error) {
    throw new Error(`onnxruntime cannot load the model: ${messageOf(error)}. ${adviceFor(file)}`, {
      cause: error,
    })
  }
}

/** What to do about a model that does not load. */
const adviceFor = ({ inputs, nodes, producer, operatorSets }: OnnxFile): string => {
  const isDouble = inputs.some(({ elementType }) => elementType === 'float64')
  if (isDouble && nodes.some(({ operator }) => operator.startsWith('TreeEnsemble'))) {
    return (
      'Its inputs are float64, and trees are computed with float32: convert with FloatTensorType instead of ' +
      'DoubleTensorType, or to_onnx(model, X[:1].astype(numpy.float32))'
    )
  }
  const by = producer === undefined ? '' : `It was written by ${producer}. `
  return (
    `${by}It uses the operator sets ${operatorSets.join(', ') || '(none)'}; convert with an older target_opset, or ` +
    'install a newer onnxruntime'
  )
}

/** Runs one row of zeros and empty texts. */
export const tryRow = async (
  session: Session,
  { outputs }: OnnxFile,
  inputs: readonly InputPlan[],
): Promise<Trial> => {
  // What is no tensor, an engine cannot give out.
  const fetches = outputs.filter(({ elementType }) => elementType !== undefined)
  const sum = (isText: boolean) =>
    inputs
      .filter(({ elementType }) => (elementType === 'string') === isText)
      .reduce((total, { width }) => total + width, 0)
  const numbers = new Float64Array(sum(false))
  const batch = { nRows: 1, numbers, texts: Array.from({ length: sum(true) }, () => ['']) }
  try {
    const names = fetches.map(({ tensor }) => tensor)
    return { ok: true, results: await session.run(batch, { first: 0, end: 1 }, names) }
  } catch (error) {
    return { ok: false, message: messageOf(error) }
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
