import { countOf, damaged, fieldsOf, type Message, messageOf, textOf } from '../protobuf/fields.ts'

/** Graphs inside graphs go no deeper than protobuf itself allows. */
const deepest = 50

/**
 * Looks at every tensor of a model, and at the graphs inside its graph.
 *
 * An engine would look for external data in the folder where the server runs, so a file could name another file there
 * as its weights, and give out what it holds. It is refused wherever it stands.
 *
 * @param model a ModelProto
 * @returns the names of the values that inner graphs use
 * @throws Error when a tensor has its data in another file
 */
export const checkTensors = (model: Message): ReadonlySet<string> => {
  const usedInside = new Set<string>()
  for (const field of fieldsOf(model)) {
    if (field.number === 7) checkGraph(messageOf(model, field, 'GraphProto'), 0, usedInside)
    if (field.number !== 25) continue
    const body = messageOf(model, field, 'FunctionProto')
    for (const part of fieldsOf(body)) {
      if (part.number === 7) checkNode(messageOf(body, part, 'NodeProto'), 1, usedInside)
    }
  }
  return usedInside
}

const checkGraph = (graph: Message, depth: number, usedInside: Set<string>): void => {
  if (depth > deepest) throw damaged(graph.start, graph, `stands more than ${deepest} graphs deep`)
  for (const field of fieldsOf(graph)) {
    if (field.number === 1) checkNode(messageOf(graph, field, 'NodeProto'), depth, usedInside)
    if (field.number === 5) checkTensor(messageOf(graph, field, 'TensorProto'))
    if (field.number === 15) checkSparse(messageOf(graph, field, 'SparseTensorProto'))
  }
}

const checkNode = (node: Message, depth: number, usedInside: Set<string>): void => {
  for (const field of fieldsOf(node)) {
    if (field.number === 1 && depth > 0) usedInside.add(textOf(node, field))
    if (field.number !== 5) continue
    const attribute = messageOf(node, field, 'AttributeProto')
    for (const part of fieldsOf(attribute)) {
      if (part.number === 5 || part.number === 10) {
        checkTensor(messageOf(attribute, part, 'TensorProto'))
      } else if (part.number === 6 || part.number === 11) {
        checkGraph(messageOf(attribute, part, 'GraphProto'), depth + 1, usedInside)
      } else if (part.number === 22 || part.number === 23) {
        checkSparse(messageOf(attribute, part, 'SparseTensorProto'))
      }
    }
  }
}

const checkSparse = (sparse: Message): void => {
  for (const field of fieldsOf(sparse)) {
    if (field.number <= 2) checkTensor(messageOf(sparse, field, 'TensorProto'))
  }
}

const checkTensor = (tensor: Message): void => {
  let name = ''
  let isExternal = false
  for (const field of fieldsOf(tensor)) {
    if (field.number === 8) name = textOf(tensor, field)
    if (field.number === 13) isExternal = true
    if (field.number === 14) isExternal ||= countOf(tensor, field) === 1
  }
  if (isExternal) throw externalData(name)
}

const externalData = (name: string): Error =>
  new Error(
    `The ONNX file keeps the data of '${name}' in another file; expected one file that holds everything. ` +
      "In Python: onnx.save(onnx.load('model.onnx'), 'whole.onnx', save_as_external_data=False); " +
      'torch.onnx.export takes external_data=False',
  )
