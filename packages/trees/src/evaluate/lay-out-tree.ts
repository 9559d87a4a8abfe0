import { brokenTree } from '../errors.ts'
import type { TreeShape } from './tree-shape.ts'

/** The order in which the nodes of a tree are stored, and how deep it is. */
export interface TreeLayout {
  /** Nodes in the order in which they are stored: the root, then pairs of siblings, level by level. */
  readonly order: Int32Array
  /** Of the i-th stored node, where its left child is stored; its own place for a leaf. */
  readonly lefts: Int32Array
  readonly depth: number
  /** The mean number of steps to a leaf. */
  readonly meanDepth: number
}

/**
 * Walks a tree from its root. Each node may be met once only, so a cycle, or a node with two parents, ends with an
 * error after as many steps as there are nodes; what the root does not reach, as nodes that XGBoost has pruned, is
 * left out.
 */
export function layOutTree(shape: TreeShape, tree: number, featureCount: number): TreeLayout {
  const { size, left, right } = shape
  const order = new Int32Array(size)
  const lefts = new Int32Array(size)
  const levels = new Int32Array(size)
  const met = new Uint8Array(size)
  let stored = 1
  let depth = 0
  let leaves = 0
  let steps = 0
  met[0] = 1
  for (let i = 0; i < stored; i++) {
    const node = order[i]
    if (left[node] < 0) {
      lefts[i] = i
      leaves++
      steps += levels[i]
      continue
    }
    const feature = shape.features[node]
    if (!(feature >= 0 && feature < featureCount))
      throw brokenTree(
        tree,
        `A split asks for feature ${feature}, but there are ${featureCount}`,
        node,
      )
    lefts[i] = stored
    for (const child of [left[node], right[node]]) {
      if (!(child >= 0 && child < size))
        throw brokenTree(tree, `A child is node ${child}, but the tree has ${size} nodes`, node)
      if (met[child] === 1)
        throw brokenTree(tree, `Node ${child} is reached twice, so this is no tree`, node)
      met[child] = 1
      levels[stored] = levels[i] + 1
      depth = levels[stored]
      order[stored++] = child
    }
  }
  return {
    order: order.subarray(0, stored),
    lefts: lefts.subarray(0, stored),
    depth,
    meanDepth: steps / leaves,
  }
}
