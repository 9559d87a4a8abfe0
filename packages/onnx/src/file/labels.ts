import type { Label } from '@dsapi/inference'
import type { Node } from './onnx-file.ts'
import { integerListOf, textsOf } from './read-node.ts'

/** How many classes a model may have. */
export const mostClasses = 10_000

/**
 * An int64 label as a number.
 *
 * @throws Error when a number cannot hold it: beyond 2^53 two labels could become one
 */
export const labelOf = (integer: bigint): number => {
  const label = Number(integer)
  if (!Number.isSafeInteger(label)) {
    throw new Error(
      `The model has the class ${integer}; expected whole numbers up to 2^53, which JSON keeps. ` +
        'Train with smaller numbers, or with texts',
    )
  }
  return label
}

/** The classes that a node names, whichever of the attributes its operator has for them. */
export const classesOfNode = (node: Node): readonly Label[] => {
  const texts = textsOf(node, 'classlabels_strings', mostClasses)
  if (texts.length > 0) return texts
  for (const name of ['classlabels_int64s', 'classlabels_ints']) {
    const integers = integerListOf(node, name, mostClasses)
    if (integers.length > 0) return integers.map(labelOf)
  }
  return []
}
