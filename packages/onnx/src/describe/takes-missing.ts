import type { Node, OnnxFile } from '../file/onnx-file.ts'
import { floatAttribute } from '../file/read-node.ts'
import { readIntegers } from '../file/read-tensor.ts'
import type { InputPlan } from './input-plan.ts'

/** Operations that do to each number what they do, and leave NaN what it is. */
const passesOn: ReadonlySet<string> = new Set([
  'Add',
  'ArrayFeatureExtractor',
  'Cast',
  'Clip',
  'Concat',
  'Div',
  'FeatureVectorizer',
  'Flatten',
  'Gather',
  'Identity',
  'Mul',
  'Reshape',
  'Scaler',
  'Slice',
  'Split',
  'Squeeze',
  'Sub',
  'Transpose',
  'Unsqueeze',
])

/** Trees: each of their nodes sends NaN one way. */
const routes: ReadonlySet<string> = new Set([
  'TreeEnsemble',
  'TreeEnsembleClassifier',
  'TreeEnsembleRegressor',
])

/** Operations that take some columns of a matrix, whose places are their second input. */
const selects: ReadonlySet<string> = new Set(['ArrayFeatureExtractor', 'Gather'])

/** Values that are looked at for one column at most, and nodes that select columns of one input. */
const mostVisits = 10_000
const mostSelections = 100

type IsTaken = (input: number, column: number) => boolean

/** The nodes that use a value, by its name. */
type Consumers = ReadonlyMap<string, readonly Node[]>

/**
 * Which columns of the inputs may be missing. The file does not say so, but its operations do: a column may be NaN if
 * one of them looks for NaN (an imputer), or if trees alone are at the end of its way. A linear model or a network
 * would answer NaN.
 *
 * @returns whether a column of an input may be missing, by their places
 */
export const takesMissing = (file: OnnxFile, inputs: readonly InputPlan[]): IsTaken => {
  const consumers = consumersOf(file.nodes)
  const byInput = inputs.map(({ name, elementType }) =>
    elementType === 'float32' || elementType === 'float64'
      ? columnsOf(file, consumers, name)
      : () => false,
  )
  return (input, column) => byInput[input](column)
}

/** The same for one input. Columns that go the same ways are followed once. */
const columnsOf = (file: OnnxFile, consumers: Consumers, name: string) => {
  const selections = selectionsOf(file, consumers.get(name) ?? [])
  const known = new Map<string, boolean>()
  return (column: number): boolean => {
    const left = selections.filter(({ columns }) => !columns.has(BigInt(column)))
    const key = left.map(({ place }) => place).join(' ')
    const answer =
      known.get(key) ?? follow(file, consumers, name, new Set(left.map(({ node }) => node)))
    known.set(key, answer)
    return answer
  }
}

const consumersOf = (nodes: readonly Node[]): Consumers => {
  const consumers = new Map<string, Node[]>()
  for (const node of nodes) {
    for (const name of node.inputs) {
      const those = consumers.get(name)
      if (those === undefined) consumers.set(name, [node])
      else those.push(node)
    }
  }
  return consumers
}

/** The nodes that take some columns of an input alone. Where it cannot be seen which, the node is taken to use all. */
const selectionsOf = ({ initializers }: OnnxFile, nodes: readonly Node[]) =>
  nodes
    .filter(({ operator }) => selects.has(operator))
    .slice(0, mostSelections)
    .flatMap((node, place) => {
      const columns = initializers.get(node.inputs[1])
      const integers = columns && readIntegers(columns)
      return integers === undefined ? [] : [{ node, place, columns: new Set(integers) }]
    })

const follow = (
  { usedInside }: OnnxFile,
  consumers: Consumers,
  from: string,
  left: ReadonlySet<Node>,
): boolean => {
  const waiting = [from]
  const seen = new Set(waiting)
  let isRouted = false
  let isSpoilt = false
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (usedInside.has(name) || seen.size > mostVisits) isSpoilt = true
    for (const node of consumers.get(name) ?? []) {
      if (left.has(node)) continue
      if (looksForNaN(node)) return true
      if (routes.has(node.operator)) isRouted = true
      else if (!passesOn.has(node.operator)) isSpoilt = true
      else {
        for (const output of node.outputs.filter((each) => !seen.has(each))) {
          seen.add(output)
          waiting.push(output)
        }
      }
    }
  }
  return isRouted && !isSpoilt
}

const looksForNaN = (node: Node): boolean =>
  node.operator === 'IsNaN' ||
  (node.operator === 'Imputer' && Number.isNaN(floatAttribute(node, 'replaced_value_float') ?? 0))
