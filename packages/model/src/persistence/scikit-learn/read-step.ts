import type { FittedTransformer } from '../../column-maps/transformer.ts'
import { show } from '../../validation/show.ts'
import { transformerFromJSON } from '../pipeline-from-json.ts'
import { checkDifferent, readName } from '../read-columns.ts'
import {
  type JsonObject,
  readArray,
  readObject,
  readWord,
  refuseModel,
  shown,
  within,
} from '../read-json.ts'
import { readOneHot, readOrdinal } from './read-encoder.ts'
import type { StepColumn } from './step-column.ts'

/** Steps in the form of this package, and the columns that the last of them gives. */
export interface StepChain {
  readonly steps: readonly { readonly name: string; readonly step: object }[]
  readonly columns: readonly StepColumn[]
}

/** A file with more steps inside steps than this is damaged. */
const MAX_DEPTH = 20

const version = { formatVersion: 1 } as const

/**
 * Reads steps of a pipeline of scikit-learn. They name no columns: each is given those of the one before it.
 *
 * @throws {ModelError} `invalid_model` or `invalid_data`, naming the step
 */
export function readSteps(value: unknown, columns: readonly StepColumn[], depth = 0): StepChain {
  if (!Array.isArray(value)) return refuseModel(`steps is ${shown(value)}; expected an array`)
  if (depth > MAX_DEPTH) refuseModel(`the file has more than ${MAX_DEPTH} steps inside one another`)
  let given = columns
  const steps = Array.from(value, (entry: unknown, i) => {
    const json = readObject(entry, `steps[${i}]`)
    const name = readName(json.name, `steps[${i}]`)
    return within(`step ${show(name)}`, () => {
      const step = readStep(json.step, given, depth)
      given = outputsOf(transformerFromJSON(step))
      return { name, step }
    })
  })
  return { steps, columns: given }
}

const classes = [
  ...['Pipeline', 'ColumnTransformer', 'SimpleImputer', 'OneHotEncoder', 'OrdinalEncoder'],
  'StandardScaler',
] as const

function readStep(value: unknown, columns: readonly StepColumn[], depth: number): object {
  const json = readObject(value, 'the step')
  switch (readWord(json.class, 'class', classes)) {
    case 'Pipeline': {
      const { steps } = readSteps(json.steps, columns, depth + 1)
      return { format: 'dsapi-pipeline', ...version, input: columns, steps }
    }
    case 'ColumnTransformer':
      return readColumnTransformer(json, columns, depth)
    case 'SimpleImputer':
      return readImputer(json, columns)
    case 'OneHotEncoder':
      return { format: 'dsapi-one-hot-encoder', ...version, ...readOneHot(json, columns) }
    case 'OrdinalEncoder':
      return { format: 'dsapi-ordinal-encoder', ...version, ...readOrdinal(json, columns) }
    case 'StandardScaler': {
      const { mean, scale } = json
      const featureNames = columns.map(({ name }) => name)
      return { format: 'dsapi-standard-scaler', ...version, mean, scale, featureNames }
    }
  }
}

/** Columns that no transformer takes are left out. */
function readColumnTransformer(
  json: JsonObject,
  columns: readonly StepColumn[],
  depth: number,
): object {
  const transformers = readArray(json.transformers, 'transformers').map((entry, i) => {
    const part = readObject(entry, `transformers[${i}]`)
    const name = readName(part.name, `transformers[${i}]`)
    return within(`transformer ${show(name)}`, () => {
      const own = readArray(part.columns, 'columns').map((index) => columnAt(columns, index))
      const transformer =
        part.transformer === 'passthrough'
          ? part.transformer
          : readStep(part.transformer, own, depth + 1)
      return { name, transformer, columns: own.map((column) => column.name) }
    })
  })
  const used = new Set(transformers.flatMap((part) => part.columns))
  return {
    ...{ format: 'dsapi-column-transformer', ...version, transformers },
    input: columns.filter(({ name }) => used.has(name)),
    verboseFeatureNamesOut: true,
  }
}

function columnAt(columns: readonly StepColumn[], index: unknown): StepColumn {
  const column = typeof index === 'number' ? columns[index] : undefined
  return column ?? refuseModel(`columns has ${shown(index)}; expected indices of ${columns.length}`)
}

function readImputer(json: JsonObject, columns: readonly StepColumn[]): object {
  const fill = readArray(json.fill, 'fill', columns.length)
  const { indicated, strategy } = json
  if (!Array.isArray(indicated)) refuseModel(`indicated is ${shown(indicated)}; expected an array`)
  const isIndicated = new Set<unknown>(indicated as unknown[])
  return {
    ...{ format: 'dsapi-simple-imputer', ...version, strategy },
    columns: columns.map((column, j) => ({
      ...column,
      ...{ fill: fill[j], hasIndicator: isIndicated.has(j) },
    })),
  }
}

/** The columns that a step gives, which have to have different names for the next one. */
function outputsOf(fitted: FittedTransformer): StepColumn[] {
  const kinds = fitted.input.maps.flatMap(({ gives, width }) =>
    Array.from({ length: width }, () =>
      gives === 'text' ? ('text' as const) : ('number' as const),
    ),
  )
  const names = fitted.getFeatureNamesOut()
  checkDifferent(names, 'the names of the columns that it gives')
  return names.map((name, j) => ({ name, kind: kinds[j] }))
}
