import { jsonAnswer } from '../json/json-answer.ts'
import type { ModelState, Written } from '../protocol.ts'
import { inputTensors, outputTensors } from './model-tensors.ts'

/** The metadata of a model (Open Inference Protocol, "Model Metadata Response JSON Object"). */
export const writeModel = ({ name, versions, info }: ModelState): Written =>
  jsonAnswer({
    name,
    versions,
    platform: platformOf(info.format),
    inputs: inputTensors(info),
    outputs: outputTensors(info),
  })

/** In the form `project_format` of the protocol, which has its own names for some. */
const platformOf = (format: string) => {
  if (format === 'onnx') return 'onnx_onnxv1'
  return format.includes('-') ? format.replace('-', '_') : `dsapi_${format}`
}

/** Whether a model can be asked. */
export const writeModelReady = ({ name, ready }: ModelState): Written =>
  ready
    ? jsonAnswer({ name, ready })
    : jsonAnswer({ error: `The model "${name}" is not ready`, name, ready }, 503)
