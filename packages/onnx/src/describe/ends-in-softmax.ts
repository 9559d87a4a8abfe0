import type { OnnxFile } from '../file/onnx-file.ts'

/** Operations that change the form of a tensor alone. */
const passesOn: ReadonlySet<string> = new Set(['Cast', 'Identity', 'Reshape', 'Squeeze', 'Flatten'])

/** Whether an output is made by a softmax, so that its columns are probabilities. @param tensor the engine's name */
export const endsInSoftmax = ({ nodes }: OnnxFile, tensor: string): boolean => {
  let name = tensor
  // The nodes of a graph stand in the order in which they run.
  for (const node of nodes.toReversed()) {
    if (!node.outputs.includes(name)) continue
    if (node.operator === 'Softmax') return true
    if (!passesOn.has(node.operator)) return false
    name = node.inputs[0]
  }
  return false
}
