import { brokenTree } from '../errors.ts'
import { CategorySetsBuilder } from './category-sets.ts'
import { type Forest, WALK } from './forest.ts'
import { Growing } from './growing.ts'
import { layOutTree, type TreeLayout } from './lay-out-tree.ts'
import { LinearLeavesBuilder } from './linear-leaves-builder.ts'
import { SPLIT } from './split-kind.ts'
import type { TreeShape } from './tree-shape.ts'

const makeDoubles = (length: number) => new Float64Array(length)
const makeInts = (length: number) => new Int32Array(length)
const makeBytes = (length: number) => new Uint8Array(length)

/** Where walking on at leaves costs less than asking at each node whether it is one. */
const EVEN_DEPTH = 1.35

/** Puts one tree after another into flat arrays, once it is known to be a tree. */
export class ForestBuilder {
  readonly sets = new CategorySetsBuilder()
  readonly #nodes = new Growing(makeDoubles)
  readonly #words = new Growing(makeInts)
  readonly #leaves = new Growing(makeDoubles)
  readonly #kinds = new Growing(makeBytes)
  readonly #roots = new Growing(makeInts)
  readonly #depths = new Growing(makeInts)
  readonly #walks = new Growing(makeBytes)
  readonly #vectors = new Growing(makeDoubles)
  #linear: LinearLeavesBuilder | undefined

  get trees(): number {
    return this.#roots.length
  }

  get nodes(): number {
    return this.#kinds.length
  }

  add(shape: TreeShape, featureCount: number): void {
    const tree = this.trees
    const layout = layOutTree(shape, tree, featureCount)
    const start = this.#kinds.extend(layout.order.length)
    this.#nodes.extend(layout.order.length)
    this.#words.extend(2 * layout.order.length)
    this.#leaves.extend(layout.order.length)
    let general = false
    for (let i = 0; i < layout.order.length; i++) {
      const node = layout.order[i]
      if (layout.lefts[i] === i) this.#storeLeaf(shape, tree, node, start + i)
      else {
        this.#storeSplit(shape, tree, node, start + i, start + layout.lefts[i])
        general ||= shape.kinds[node] !== SPLIT.number
      }
    }
    if (shape.linear !== undefined) {
      this.#linear ??= new LinearLeavesBuilder()
      this.#linear.add(shape.linear, tree, layout.order, start, featureCount)
    }
    this.#roots.push(start)
    this.#depths.push(layout.depth)
    this.#walks.push(general ? WALK.general : chooseWalk(layout))
  }

  /** Throws if a split asks for a feature that there is not: for files that say last how many there are. */
  checkFeatures(featureCount: number): void {
    let tree = -1
    for (let node = 0; node < this.nodes; node++) {
      if (tree + 1 < this.trees && this.#roots.get(tree + 1) === node) tree++
      const feature = this.#words.get(2 * node)
      const index = feature < 0 ? ~feature : feature
      if (index >= featureCount)
        throw brokenTree(tree, `A split asks for feature ${index}, but there are ${featureCount}`)
    }
  }

  /**
   * @param outputs of each tree, the output it adds to
   * @param weights of each tree, what its leaves are multiplied with, in float32
   */
  build(outputs: Int32Array, weights?: Float32Array): Forest {
    const buffer = new ArrayBuffer(16 * this.nodes)
    const thresholds = new Float64Array(buffer)
    const words = new Int32Array(buffer)
    for (let node = 0; node < this.nodes; node++) {
      thresholds[2 * node] = this.#nodes.get(node)
      words[4 * node + 2] = this.#words.get(2 * node)
      words[4 * node + 3] = this.#words.get(2 * node + 1)
    }
    const roots = this.#roots.toArray()
    const leaves = this.#leaves.toArray()
    const vectors = this.#vectors.toArray()
    if (weights !== undefined) this.#weigh(weights, roots, leaves, vectors)
    return {
      ...{ thresholds, words, leaves, vectors, roots, outputs },
      kinds: this.#kinds.toArray(),
      sets: this.sets.build(),
      depths: this.#depths.toArray(),
      walks: this.#walks.toArray(),
      linear: this.#linear?.build(this.nodes),
    }
  }

  #storeLeaf(shape: TreeShape, tree: number, node: number, at: number): void {
    this.#nodes.set(at, Number.NaN)
    this.#words.set(2 * at, ~0)
    this.#words.set(2 * at + 1, at)
    this.#kinds.set(at, SPLIT.number)
    const value = shape.leaves[node]
    if (shape.vectors === undefined) {
      if (!Number.isFinite(value)) throw brokenTree(tree, `A leaf has the value ${value}`, node)
      this.#leaves.set(at, value)
      return
    }
    const { values, width } = shape.vectors
    this.#leaves.set(at, this.#vectors.length)
    for (let i = 0; i < width; i++) {
      const part = values[value + i]
      if (!Number.isFinite(part)) throw brokenTree(tree, `A leaf has the value ${part}`, node)
      this.#vectors.push(part)
    }
  }

  #storeSplit(shape: TreeShape, tree: number, node: number, at: number, left: number): void {
    const threshold = shape.thresholds[node]
    const kind = shape.kinds[node]
    if (Number.isNaN(threshold)) throw brokenTree(tree, 'A split has the threshold NaN', node)
    const feature = shape.features[node]
    this.#nodes.set(at, threshold)
    this.#words.set(2 * at, shape.missingLeft[node] === 1 ? ~feature : feature)
    this.#words.set(2 * at + 1, left)
    this.#kinds.set(at, kind)
  }

  #weigh(weights: Float32Array, roots: Int32Array, leaves: Float64Array, vectors: Float64Array) {
    const values = vectors.length > 0 ? vectors : leaves
    const startOf = (tree: number) => {
      if (tree === roots.length) return values.length
      return vectors.length > 0 ? this.#firstVector(roots[tree], leaves) : roots[tree]
    }
    for (let tree = 0; tree < roots.length; tree++) {
      const end = startOf(tree + 1)
      for (let i = startOf(tree); i < end; i++) values[i] = Math.fround(values[i] * weights[tree])
    }
  }

  /** The first leaf of a tree is the first in its order, as vectors were stored in it. */
  #firstVector(root: number, leaves: Float64Array): number {
    let node = root
    while (this.#words.get(2 * node + 1) !== node) node++
    return leaves[node]
  }
}

function chooseWalk({ depth, meanDepth }: TreeLayout): number {
  return depth <= EVEN_DEPTH * meanDepth ? WALK.steps : WALK.untilLeaf
}
