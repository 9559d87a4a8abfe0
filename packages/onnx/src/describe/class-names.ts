import type { Label } from '@dsapi/inference'
import { classesOfNode, labelOf } from '../file/labels.ts'
import type { Node, OnnxFile } from '../file/onnx-file.ts'
import { readIntegers, readTexts } from '../file/read-tensor.ts'

/** Operations that name their classes. */
const classifiers: ReadonlySet<string> = new Set([
  'LinearClassifier',
  'SVMClassifier',
  'TreeEnsembleClassifier',
])

/** Nodes between the label and where it was made, at most. */
const furthest = 1000

/**
 * The classes that the file names for a label: those of the classifier that makes it, or a constant of which it is
 * picked. Of several, the one nearest to the label counts; a classifier further off may be a part of a larger one.
 *
 * @param label the output that is a label, by the engine's name
 * @returns the classes in the order of the probabilities; none where the file does not name them
 */
export const findClasses = (file: OnnxFile, label: string): readonly Label[] => {
  const producers = new Map<string, Node>()
  for (const node of file.nodes) for (const name of node.outputs) producers.set(name, node)
  // A set keeps its order, and takes what is added while it is walked through: breadth first.
  const names = new Set([label])
  for (const name of names) {
    if (names.size > furthest) break
    const node = producers.get(name)
    if (node === undefined) continue
    const classes = classesOfLabelNode(file, node)
    if (classes.length > 0) return classes
    for (const input of node.inputs) names.add(input)
  }
  return []
}

const classesOfLabelNode = ({ initializers }: OnnxFile, node: Node): readonly Label[] => {
  if (classifiers.has(node.operator)) return classesOfNode(node)
  if (node.operator !== 'ArrayFeatureExtractor' && node.operator !== 'Gather') return []
  const constant = initializers.get(node.inputs[0])
  if (constant === undefined) return []
  return readTexts(constant) ?? readIntegers(constant)?.map(labelOf) ?? []
}
