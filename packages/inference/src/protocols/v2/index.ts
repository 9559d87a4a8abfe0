import type { Feature } from '../../model-info.ts'
import { exampleValue } from '../example-value.ts'
import { textErrorSchema, writeTextError } from '../json/text-error.ts'
import type { Protocol } from '../protocol.ts'
import { endpoints } from './endpoints.ts'
import { inputTensors } from './model-tensors.ts'
import { readInfer } from './read-infer.ts'
import { lengthHeader } from './split-body.ts'

/**
 * The Open Inference Protocol, version 2, over HTTP (https://github.com/kserve/open-inference-protocol), with the extensions
 * of Triton for binary tensors, classification and the model repository.
 */
export const v2: Protocol = {
  name: 'v2',
  prefixes: ['/v2'],
  endpoints,
  headers: [lengthHeader],
  read: readInfer,
  error: writeTextError,
  errorSchema: textErrorSchema,
  example: ({ info }) => ({
    inputs: inputTensors(info).map(({ name, datatype, shape }) => {
      const ofInput = shape[1] === 1 ? info.features.filter((one) => one.name === name) : []
      const features = ofInput.length === 1 ? ofInput : info.features
      return {
        name,
        shape: [1, features.length],
        datatype,
        data: features.map(exampleFor(datatype)),
      }
    }),
  }),
}

const exampleFor = (datatype: string) => (feature: Feature) =>
  datatype === 'BOOL' ? true : exampleValue(feature)
