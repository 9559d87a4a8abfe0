import { countOf, fieldsOf, type Message, messageOf, textOf } from '../protobuf/fields.ts'
import { checkTensors } from './check-tensors.ts'
import type { OnnxFile } from './onnx-file.ts'
import { readGraph } from './read-graph.ts'
import { withoutZipMap } from './without-zip-map.ts'

/**
 * Reads what an ONNX file says of itself: what made it, its inputs, its outputs and its operations.
 *
 * @throws Error when the file is damaged, with the place; or when it cannot be served, with what to do
 * @see https://github.com/onnx/onnx/blob/v1.17.0/onnx/onnx.proto
 */
export const readOnnxFile = (bytes: Uint8Array): OnnxFile => {
  const model: Message = { bytes, start: 0, end: bytes.length, type: 'ModelProto' }
  const { graph: graphMessage, ...head } = readHead(model)
  if (graphMessage === undefined)
    throw new Error('The ONNX file has no graph; it is damaged or cut')
  const usedInside = checkTensors(model)
  const graph = readGraph(graphMessage)
  const { nodes, initializers } = graph
  const inputs = graph.inputs.filter(({ name }) => !initializers.has(name))
  return { ...head, nodes, inputs, initializers, usedInside, ...withoutZipMap(model, graph) }
}

const readHead = (model: Message) => {
  let producerName = ''
  let producerVersion = ''
  let graph: Message | undefined
  const operatorSets: string[] = []
  for (const field of fieldsOf(model)) {
    if (field.number === 2) producerName = textOf(model, field)
    if (field.number === 3) producerVersion = textOf(model, field)
    if (field.number === 7) graph = messageOf(model, field, 'GraphProto')
    if (field.number === 8) {
      operatorSets.push(readOperatorSet(messageOf(model, field, 'OperatorSetIdProto')))
    }
  }
  const producer = `${producerName} ${producerVersion}`.trim()
  return { graph, operatorSets, ...(producer !== '' && { producer }) }
}

const readOperatorSet = (message: Message): string => {
  let domain = ''
  let version = 0
  for (const field of fieldsOf(message)) {
    if (field.number === 1) domain = textOf(message, field)
    if (field.number === 2) version = countOf(message, field)
  }
  return `${domain || 'ai.onnx'} ${version}`
}
