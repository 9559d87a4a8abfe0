import { identityMap } from '../column-maps/column-map.ts'
import { type FittedColumns, fittedColumns } from '../column-maps/fitted-columns.ts'
import type { FittedTransformer } from '../column-maps/transformer.ts'
import { FittedColumnTransformer, type FittedPart } from '../compose/fitted-column-transformer.ts'
import { FittedSimpleImputer } from '../impute/fitted-simple-imputer.ts'
import { LinearRegressionModel } from '../linear-model/linear-regression-model.ts'
import {
  FittedPipeline,
  type FittedStep,
  joinSteps,
  type PipelineModel,
} from '../pipeline/fitted-pipeline.ts'
import { FittedOneHotEncoder } from '../preprocessing/fitted-one-hot-encoder.ts'
import { FittedOrdinalEncoder } from '../preprocessing/fitted-ordinal-encoder.ts'
import { FittedStandardScaler } from '../preprocessing/fitted-standard-scaler.ts'
import { show } from '../validation/show.ts'
import { formatName } from './model-format.ts'
import {
  checkDifferent,
  readBoolean,
  readHeader,
  readKind,
  readName,
  readNames,
} from './read-columns.ts'
import { readArray, readObject, refuseModel, shown, within } from './read-json.ts'
import { readOwnModel } from './read-own-model.ts'

/** How each format is read, `depth` steps inside other steps. */
const readers: ReadonlyMap<unknown, (value: unknown, depth: number) => FittedTransformer> = new Map<
  string,
  (value: unknown, depth: number) => FittedTransformer
>([
  ['dsapi-simple-imputer', FittedSimpleImputer.fromJSON],
  ['dsapi-one-hot-encoder', FittedOneHotEncoder.fromJSON],
  ['dsapi-ordinal-encoder', FittedOrdinalEncoder.fromJSON],
  ['dsapi-standard-scaler', FittedStandardScaler.fromJSON],
  ['dsapi-column-transformer', readColumnTransformer],
  ['dsapi-pipeline', readPipeline],
])

/** A file with more steps inside steps than this is damaged. */
const MAX_DEPTH = 20

/**
 * Reads any fitted transformer that `JSON.stringify` wrote.
 *
 * @param value what `JSON.parse` gave
 * @throws {ModelError} `invalid_model` or `invalid_data` when something is missing or damaged, or the file is of an unknown
 *   format or a newer version; the message says where
 *
 * @example
 * const scaler = new StandardScaler().fit([[0], [2]])
 * transformerFromJSON(JSON.parse(JSON.stringify(scaler))).getFeatureNamesOut() // ['x0']
 */
export function transformerFromJSON(value: unknown): FittedTransformer {
  return readTransformer(value, 0)
}

/**
 * Reads a fitted pipeline that `JSON.stringify` wrote.
 *
 * @param value what `JSON.parse` gave
 * @throws {ModelError} as {@link transformerFromJSON} does
 *
 * @example
 * const scale = new Pipeline([['scale', new StandardScaler()]]).fit(new Frame({ a: [0, 2] }))
 * pipelineFromJSON(JSON.parse(JSON.stringify(scale))).transformOne([2]) // [1]
 */
export function pipelineFromJSON(value: unknown): FittedPipeline {
  return readPipeline(value, 0)
}

function readTransformer(value: unknown, depth: number): FittedTransformer {
  if (depth > MAX_DEPTH) refuseModel(`the file has more than ${MAX_DEPTH} steps inside one another`)
  const { format } = readObject(value, 'the transformer')
  const read = readers.get(format)
  if (read !== undefined) return read(value, depth)
  const known = Array.from(readers.keys(), show).join(', ')
  return refuseModel(`format is ${shown(format)}; expected one of ${known}`)
}

function readPipeline(value: unknown, depth: number): FittedPipeline {
  const json = readHeader(value, 'dsapi-pipeline')
  const first = readInput(json.input)
  const entries = readArray(json.steps, 'steps').map((entry, i) => {
    const { name, step } = readObject(entry, `steps[${i}]`)
    return { name: readName(name, `steps[${i}]`), step }
  })
  const last = entries.at(-1)
  const model = last === undefined ? undefined : readPipelineModel(last.step)
  const steps: FittedStep[] = entries
    .slice(0, model === undefined ? undefined : -1)
    .map(({ name, step }) => ({
      name,
      transformer: within(`step ${show(name)}`, () => readTransformer(step, depth + 1)),
    }))
  const input = joinSteps(first, steps)
  checkWidth(model, input)
  return model === undefined || last === undefined
    ? new FittedPipeline({ input, steps, model: undefined })
    : new FittedPipeline({ input, steps, model, modelName: last.name })
}

/** Undefined where the last step is a transformer. */
function readPipelineModel(step: unknown): PipelineModel | undefined {
  const json = readObject(step, 'the last step')
  if (json.format === formatName) return readOwnModel(json)
  return json.format === 'dsapi-linear-regression'
    ? LinearRegressionModel.fromJSON(step)
    : undefined
}

function checkWidth(model: PipelineModel | undefined, { width }: FittedColumns): void {
  const expected = model?.featureNames.length ?? width
  if (expected === width) return
  refuseModel(`the steps give ${width} columns, and the model takes ${expected}; expected as many`)
}

function readColumnTransformer(value: unknown, depth: number): FittedColumnTransformer {
  const json = readHeader(value, 'dsapi-column-transformer')
  const { names, kinds } = readInput(json.input)
  const transformers = readArray(json.transformers, 'transformers').map((entry, i): FittedPart => {
    const part = readObject(entry, `transformers[${i}]`)
    const name = readName(part.name, `transformers[${i}]`)
    const columns = readNames(part.columns, `transformers[${i}].columns`)
    if (part.transformer === 'passthrough') return { name, transformer: 'passthrough', columns }
    const transformer = within(`transformer ${show(name)}`, () =>
      readTransformer(part.transformer, depth + 1),
    )
    return { name, transformer, columns }
  })
  return new FittedColumnTransformer({
    input: names.map((name, j) => ({ name, kind: kinds[j] })),
    transformers,
    verboseFeatureNamesOut: readBoolean(json.verboseFeatureNamesOut, 'verboseFeatureNamesOut'),
  })
}

function readInput(value: unknown): FittedColumns {
  const columns = readArray(value, 'input').map((entry, j) => {
    const { name, kind } = readObject(entry, `input[${j}]`)
    return { name: readName(name, `input[${j}]`), kind: readKind(kind, `input[${j}]`) }
  })
  const names = columns.map(({ name }) => name)
  checkDifferent(names, 'input')
  const maps = columns.map(({ kind }, from) => identityMap(from, kind))
  return fittedColumns(
    names,
    columns.map(({ kind }) => kind),
    maps,
  )
}
