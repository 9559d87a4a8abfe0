import type { EngineKind } from '@dsapi/inference'

/** ONNX models, which an engine that the user installs computes. */
export const onnx: EngineKind = {
  name: 'onnx',
  recognizes: () => false,
  start: async () => {
    throw new Error('ONNX models are not served yet')
  },
}
