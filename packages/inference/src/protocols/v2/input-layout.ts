import type { ModelInfo } from '../../model-info.ts'
import { namesOf } from '../json/feature-names.ts'
import { Wrong } from '../json/wrong.ts'
import { shorten } from '../shorten.ts'
import type { Input } from './input.ts'

/** How the inputs of a request make rows. */
export type InputLayout =
  /** One tensor has all features, row after row. */
  | { readonly type: 'rows'; readonly nRows: number; readonly input: Input }
  /** Each feature has a tensor of its own; one without a tensor is missing in all rows. */
  | {
      readonly type: 'columns'
      readonly nRows: number
      readonly inputs: readonly (Input | undefined)[]
    }

/**
 * Finds out how inputs make rows: a single tensor of the shape [N, F] has all F features, whatever it is called; else each
 * tensor of the shape [N] or [N, 1] is a feature, by name.
 */
export const layoutOf = (inputs: readonly Input[], model: ModelInfo): InputLayout | Wrong => {
  const [first] = inputs
  if (first === undefined) return new Wrong('inputs', 'must have at least one input')
  const width = model.features.length
  const isFeature = model.featureNames.includes(first.name)
  if (inputs.length > 1 || (isFeature && isColumn(first) && width > 1)) {
    return columnsOf(inputs, model)
  }
  const { shape } = first
  const isRows = shape.length === 2 && shape[1] === width
  if (isRows || (width === 1 && isColumn(first))) {
    return { type: 'rows', nRows: shape[0], input: first }
  }
  const others = width > 1 ? `, or a tensor [-1] for each of ${namesOf(model.features)}` : ''
  return wrongShape(first, `[-1,${width}]${others}`)
}

const isColumn = ({ shape }: Input) => shape.length === 1 || (shape.length === 2 && shape[1] === 1)

const columnsOf = (inputs: readonly Input[], model: ModelInfo): InputLayout | Wrong => {
  const byName = new Map<string, Input>()
  const known = new Set(model.featureNames)
  const nRows = inputs[0].shape[0]
  for (const input of inputs) {
    const { field, name, shape } = input
    if (!known.has(name)) {
      const message = `is "${shorten(name)}", which is no feature of the model. It has ${namesOf(model.features)}`
      return new Wrong(`${field}.name`, message)
    }
    if (byName.has(name)) return new Wrong(`${field}.name`, `is "${shorten(name)}" a second time`)
    if (!isColumn(input)) return wrongShape(input, '[-1] or [-1,1]')
    if (shape[0] !== nRows) {
      const message = `has ${shape[0]} rows, and the input before it ${nRows}`
      return new Wrong(`${field}.shape`, message)
    }
    byName.set(name, input)
  }
  const lacking = model.features.find(({ name, nullable }) => !nullable && !byName.has(name))
  if (lacking) {
    return new Wrong('inputs', `has no input for the feature "${shorten(lacking.name)}"`)
  }
  return { type: 'columns', nRows, inputs: model.featureNames.map((name) => byName.get(name)) }
}

const wrongShape = ({ field, name, shape }: Input, expected: string) =>
  new Wrong(
    `${field}.shape`,
    `must be ${expected}, not [${shape}]`,
    `The input "${shorten(name)}" must have the shape ${expected}, not [${shape}]`,
  )
