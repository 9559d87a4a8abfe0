import type { EngineKind } from '@dsapi/inference'
import { recognizesOnnx } from './file/recognizes-onnx.ts'
import { startOnnx } from './start-onnx.ts'

/** ONNX models, which an engine that the user installs computes: onnxruntime-web, or onnxruntime-node. */
export const onnx: EngineKind = {
  name: 'onnx',
  recognizes: recognizesOnnx,
  start: startOnnx,
}
