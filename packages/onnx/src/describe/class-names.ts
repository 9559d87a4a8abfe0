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
 * @param count how many classes there are, where it is known; constants of another length are something else
 * @returns the classes in the order of the probabilities; none where the file does not name them
 */
export const findClasses = (
  file: OnnxFile,
  label: string,
  count: number | undefined,
): readonly Label[] => {
  const producers = new Map<string, Node>()
  for (const node of file.nodes) for (const name of node.outputs) producers.set(name, node)
  // A set keeps its order, and takes what is added while it is walked through: breadth first.
  const names = new Set([label])
  for (const name of names) {
    if (names.size > furthest) break
    const node = producers.get(name)
    if (node === undefined) continue
    if (classifiers.has(node.operator)) return classesOfNode(node)
    const picked = constantOf(file, node)
    if (picked.length > 0 && picked.length === (count ?? picked.length)) return picked
    for (const input of node.inputs) names.add(input)
  }
  return []
}

/** The constant of which a node picks elements; none where it does something else. */
const constantOf = ({ initializers }: OnnxFile, { operator, inputs }: Node): readonly Label[] => {
  if (operator !== 'ArrayFeatureExtractor' && operator !== 'Gather') return []
  const constant = initializers.get(inputs[0])
  if (constant === undefined) return []
  return readTexts(constant) ?? readIntegers(constant)?.map(labelOf) ?? []
}
