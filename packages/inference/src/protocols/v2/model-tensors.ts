import type { Feature, ModelInfo } from '../../model-info.ts'
import { answerKinds } from '../answer-kinds.ts'
import { labelDatatype } from './label-datatype.ts'

/** A tensor as the metadata of a model has it: -1 is a dimension of any size. */
export type TensorMetadata = {
  readonly name: string
  readonly datatype: string
  readonly shape: readonly number[]
}

/**
 * The inputs of a model: one for all features where they are of one kind, else one for each. A tensor of any other number
 * type is taken as well.
 */
export const inputTensors = ({ features, precision }: ModelInfo): readonly TensorMetadata[] => {
  const float = precision === 'float32' ? 'FP32' : 'FP64'
  const texts = features.filter(({ type }) => type === 'text').length
  if (texts === 0 || texts === features.length) {
    const datatype = texts === 0 ? float : 'BYTES'
    return [{ name: 'input', datatype, shape: [-1, features.length] }]
  }
  return features.map((feature) => ({
    name: feature.name,
    datatype: datatypeFor(feature, float),
    shape: [-1, 1],
  }))
}

/** Only floating point has a number for what is missing. */
const datatypeFor = ({ type, nullable }: Feature, float: string) => {
  if (type === 'text') return 'BYTES'
  if (type === 'number' || nullable) return float
  return type === 'integer' ? 'INT64' : 'BOOL'
}

/** The outputs of a model. */
export const outputTensors = (model: ModelInfo): readonly TensorMetadata[] =>
  answerKinds(model).map((kind) => {
    const { output } = model
    if (output.type === 'values') {
      const shape = output.names.length === 1 ? [-1] : [-1, output.names.length]
      return { name: kind, datatype: 'FP64', shape }
    }
    return kind === 'predict'
      ? { name: kind, datatype: labelDatatype(output.classes), shape: [-1] }
      : { name: kind, datatype: 'FP64', shape: [-1, output.classes.length] }
  })
