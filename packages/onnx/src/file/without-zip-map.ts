import type { Label } from '@dsapi/inference'
import { type Field, fieldsOf, type Message, messageOf } from '../protobuf/fields.ts'
import { bytesField, integerField, join, type Parts, textField } from '../protobuf/write.ts'
import { classesOfNode } from './labels.ts'
import type { Node, Output } from './onnx-file.ts'
import type { Graph } from './read-graph.ts'
import { readNode } from './read-node.ts'
import { readValue } from './read-value.ts'

/** What replaces an output that a ZipMap makes. */
type Replacement = { readonly tensor: string; readonly classes: readonly Label[] }

/** A file without ZipMap, and its outputs. */
type WithoutZipMap = { readonly bytes: Uint8Array; readonly outputs: readonly Output[] }

const isZipMap = (node: Node): boolean => node.operator === 'ZipMap'

/**
 * Takes ZipMap out of a model. It makes a list of maps of a matrix of probabilities, which no engine for JavaScript can
 * give out, and scikit-learn's converter adds it to every classifier unless it is asked not to. Its input becomes the
 * output, and the classes are the keys of its maps.
 *
 * @param model the ModelProto
 */
export const withoutZipMap = (model: Message, graph: Graph): WithoutZipMap => {
  const replacements = new Map<string, Replacement>()
  for (const node of graph.nodes.filter(isZipMap)) {
    const [tensor] = node.inputs
    const [name] = node.outputs
    replacements.set(name, { tensor, classes: classesOfNode(node) })
  }
  const outputs = graph.outputs.map((value): Output => {
    const replacement = replacements.get(value.name)
    if (replacement === undefined) return { ...value, tensor: value.name }
    return { name: value.name, elementType: 'float32', ...replacement }
  })
  if (replacements.size === 0) return { bytes: model.bytes, outputs }
  return { bytes: join(rewriteModel(model, replacements)), outputs }
}

const rewriteModel = (model: Message, replacements: ReadonlyMap<string, Replacement>): Parts =>
  replaceFields(model, (field) =>
    field.number === 7
      ? bytesField(7, rewriteGraph(messageOf(model, field, 'GraphProto'), replacements))
      : undefined,
  )

const rewriteGraph = (graph: Message, replacements: ReadonlyMap<string, Replacement>): Parts => {
  const written = new Set<string>()
  return replaceFields(graph, (field) => {
    if (field.number === 1) {
      return isZipMap(readNode(messageOf(graph, field, 'NodeProto'))) ? [] : undefined
    }
    if (field.number !== 12 && field.number !== 13) return undefined
    const { name } = readValue(messageOf(graph, field, 'ValueInfoProto'))
    const replacement = replacements.get(name)
    if (field.number === 13) return replacement === undefined ? undefined : []
    const tensor = replacement?.tensor ?? name
    if (written.has(tensor)) return []
    written.add(tensor)
    return replacement === undefined ? undefined : bytesField(12, floatValue(tensor))
  })
}

/** A ValueInfoProto of a tensor of floats, of any shape. */
const floatValue = (name: string): Parts => [
  ...textField(1, name),
  ...bytesField(2, bytesField(1, integerField(1, 1))),
]

/**
 * A message with some fields replaced. What stays between two of them is one part, without a copy.
 *
 * @param replace the new form of a field, nothing at all to leave it out, or `undefined` to keep it
 */
const replaceFields = (message: Message, replace: (field: Field) => Parts | undefined): Parts => {
  const parts: Uint8Array[] = []
  let kept = message.start
  for (const field of fieldsOf(message)) {
    const replaced = replace(field)
    if (replaced === undefined) continue
    parts.push(message.bytes.subarray(kept, field.at), ...replaced)
    kept = field.end
  }
  return [...parts, message.bytes.subarray(kept, message.end)]
}
