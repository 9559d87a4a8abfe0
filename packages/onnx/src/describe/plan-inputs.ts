import { type Feature, type ModelOptions, ModelOptionsError } from '@dsapi/inference'
import type { OnnxFile, Value } from '../file/onnx-file.ts'
import type { InputPlan } from './input-plan.ts'
import { takesMissing } from './takes-missing.ts'

/** The inputs of a model, and the features of which they are made. */
export type InputsPlan = {
  readonly inputs: readonly InputPlan[]
  readonly features: readonly Feature[]
  /** How many rows one run takes, where the file limits them. */
  readonly rowsPerRun?: 1
  readonly warnings: readonly string[]
}

/** What a feature is, by the type of its input. */
const featureTypes: Readonly<Record<string, Feature['type']>> = {
  float32: 'number',
  float64: 'number',
  bool: 'boolean',
  string: 'text',
  int8: 'integer',
  int16: 'integer',
  int32: 'integer',
  int64: 'integer',
  uint8: 'integer',
  uint16: 'integer',
  uint32: 'integer',
  uint64: 'integer',
}

const mostFeatures = 100_000

/**
 * How the features of a row go into the inputs of a model: an input of rows [n, k] takes k features, one of [n, 1] or
 * [n] takes one.
 *
 * @throws Error when an input takes no rows of features, or the options do not go with the inputs
 */
export const planInputs = (file: OnnxFile, options: ModelOptions): InputsPlan => {
  if (file.inputs.length === 0)
    throw new Error('The ONNX file has no inputs; expected one at least')
  const inputs = file.inputs.map((value) => planInput(value, file.inputs.length, options))
  const total = inputs.reduce((sum, { width }) => sum + width, 0)
  if (total > mostFeatures) {
    throw new Error(`The model takes ${total} features; at most ${mostFeatures} are served`)
  }
  const { names, areMade } = nameFeatures(inputs, total, options)
  const missing = takesMissing(file, inputs)
  const features = inputs.flatMap(({ elementType, width }, input) =>
    Array.from({ length: width }, (_, column) => ({
      type: featureTypes[elementType],
      nullable: missing(input, column),
    })),
  )
  const isFixed = file.inputs.some(({ shape }) => shape?.[0] === 1)
  return {
    inputs,
    features: features.map((feature, place) => ({ name: names[place], ...feature })),
    ...(isFixed && { rowsPerRun: 1 }),
    warnings: [...(areMade ? [madeNames(names)] : []), ...(isFixed ? [oneRow] : [])],
  }
}

const oneRow =
  'The file takes one row a run, so many rows take as many runs. To serve them together, export with a free first ' +
  "axis: torch.onnx.export(…, dynamic_axes={'x': {0: 'n'}}), or FloatTensorType([None, k])"

const madeNames = (names: readonly string[]): string =>
  `The file does not name its features, so they are called ${names[0]} … ${names.at(-1)}, in the order of the ` +
  'columns in training. Give their names as the option features'

const planInput = (value: Value, inputs: number, options: ModelOptions): InputPlan => {
  const { name, elementType, shape = [undefined, undefined] } = value
  if (elementType === undefined) {
    throw new Error(`The input '${name}' is no tensor; expected rows of numbers or texts`)
  }
  if (featureTypes[elementType] === undefined) {
    throw new Error(
      `The input '${name}' takes ${elementType}; expected float32, float64, integers, bool or texts. ` +
        'In Python, export the model with inputs of float32',
    )
  }
  if (shape.length !== 1 && shape.length !== 2) {
    throw new Error(
      `The input '${name}' has ${shape.length} axes; expected rows of features, [n, k]. ` +
        'In Python, wrap the model in one that takes such rows and reshapes them',
    )
  }
  const [rows, columns] = shape
  if (rows !== undefined && rows !== 1) {
    throw new Error(
      `The input '${name}' takes exactly ${rows} rows; expected any number. ` +
        "In Python: torch.onnx.export(…, dynamic_axes={'x': {0: 'n'}}), or FloatTensorType([None, k])",
    )
  }
  if (shape.length === 1) return { name, elementType, axes: 1, width: 1 }
  const width = columns ?? (inputs === 1 ? options.features?.length : undefined)
  if (width === undefined) {
    throw new ModelOptionsError(
      `The file does not say how many columns the input '${name}' has. Give the names of the features as the ` +
        'option features, or export with FloatTensorType([None, k])',
    )
  }
  return { name, elementType, axes: 2, width }
}

/** The names of all features, and whether they had to be made up. */
const nameFeatures = (
  inputs: readonly InputPlan[],
  total: number,
  { features, rename = {} }: ModelOptions,
) => {
  if (features !== undefined && features.length !== total) {
    throw new ModelOptionsError(
      `The option features has ${features.length} names, but the model takes ${total}`,
    )
  }
  const found = features ?? inputs.flatMap((input) => namesOfInput(input, inputs.length))
  const unknown = Object.keys(rename).find((name) => !found.includes(name))
  if (unknown !== undefined) {
    throw new ModelOptionsError(
      `The option rename has '${unknown}', which is no feature; the features are ${found.slice(0, 20).join(', ')}`,
    )
  }
  const names = found.map((name) => (Object.hasOwn(rename, name) ? rename[name] : name))
  const seen = new Set<string>()
  const twice = names.find((name) => seen.size === seen.add(name).size)
  if (twice !== undefined) throw new Error(`Two features are called '${twice}'; rename one of them`)
  const areMade = features === undefined && inputs.some(({ width }) => width > 1)
  return { names, areMade }
}

const namesOfInput = ({ name, width }: InputPlan, inputs: number): readonly string[] => {
  if (width === 1) return [name]
  const prefix = inputs === 1 ? 'f' : `${name}_`
  return Array.from({ length: width }, (_, column) => `${prefix}${column}`)
}
