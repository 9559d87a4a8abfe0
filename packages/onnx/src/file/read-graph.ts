import { fieldsOf, type Message, messageOf, textOf } from '../protobuf/fields.ts'
import type { Node, Value } from './onnx-file.ts'
import { readNode } from './read-node.ts'
import { readValue } from './read-value.ts'

/** More than the largest models have; a damaged file could name one for each two of its bytes. */
const limits = { nodes: 100_000, initializers: 100_000, values: 10_000 } as const

/** What a GraphProto says of itself. */
export type Graph = {
  readonly nodes: readonly Node[]
  /** With those that have a default. */
  readonly inputs: readonly Value[]
  readonly outputs: readonly Value[]
  readonly initializers: ReadonlyMap<string, Message>
}

/** Reads a GraphProto. The tensors stay where they are. @throws Error when it is damaged, or has too much of something */
export const readGraph = (graph: Message): Graph => {
  const nodes: Node[] = []
  const inputs: Value[] = []
  const outputs: Value[] = []
  const initializers = new Map<string, Message>()
  for (const field of fieldsOf(graph)) {
    if (field.number === 1) {
      nodes.push(readNode(messageOf(graph, field, 'NodeProto')))
      expectAtMost(limits.nodes, nodes.length, 'nodes')
    } else if (field.number === 5) {
      const tensor = messageOf(graph, field, 'TensorProto')
      initializers.set(nameOfTensor(tensor), tensor)
      expectAtMost(limits.initializers, initializers.size, 'initializers')
    } else if (field.number === 11 || field.number === 12) {
      const values = field.number === 11 ? inputs : outputs
      values.push(readValue(messageOf(graph, field, 'ValueInfoProto')))
      expectAtMost(limits.values, values.length, 'inputs or outputs')
    }
  }
  return { nodes, inputs, outputs, initializers }
}

const nameOfTensor = (tensor: Message): string => {
  for (const field of fieldsOf(tensor)) {
    if (field.number === 8) return textOf(tensor, field)
  }
  return ''
}

const expectAtMost = (most: number, count: number, what: string): void => {
  if (count > most)
    throw new Error(`The ONNX file has more than ${most} ${what}; it is damaged, or too large`)
}
