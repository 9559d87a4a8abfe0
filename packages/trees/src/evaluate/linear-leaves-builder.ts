import { brokenTree } from '../errors.ts'
import type { LinearLeaves } from './forest.ts'
import { Growing } from './growing.ts'
import type { LinearTerms } from './tree-shape.ts'

const makeDoubles = (length: number) => new Float64Array(length)
const makeInts = (length: number) => new Int32Array(length)

/** Collects the terms of linear leaves, by the number that a node has in the forest. */
export class LinearLeavesBuilder {
  readonly #nodes = new Growing(makeInts)
  readonly #constants = new Growing(makeDoubles)
  readonly #ends = new Growing(makeInts)
  readonly #features = new Growing(makeInts)
  readonly #weights = new Growing(makeDoubles)

  add(terms: LinearTerms, tree: number, order: Int32Array, start: number, featureCount: number) {
    const firstLeaf = terms.constants.length - 1
    for (let i = 0; i < order.length; i++) {
      const node = order[i]
      const leaf = node - firstLeaf
      if (leaf < 0) continue
      this.#nodes.push(start + i)
      this.#constants.push(finite(terms.constants[leaf], tree, node))
      for (let j = terms.starts[leaf]; j < terms.starts[leaf + 1]; j++) {
        const feature = terms.features[j]
        if (!(feature >= 0 && feature < featureCount))
          throw brokenTree(
            tree,
            `A leaf asks for feature ${feature}, but there are ${featureCount}`,
            node,
          )
        this.#features.push(feature)
        this.#weights.push(finite(terms.weights[j], tree, node))
      }
      this.#ends.push(this.#features.length)
    }
  }

  build(nodeCount: number): LinearLeaves {
    const constants = new Float64Array(nodeCount).fill(Number.NaN)
    const starts = new Int32Array(nodeCount + 1)
    let next = 0
    let at = 0
    for (let i = 0; i < this.#nodes.length; i++) {
      const node = this.#nodes.get(i)
      while (next <= node) starts[next++] = at
      constants[node] = this.#constants.get(i)
      at = this.#ends.get(i)
    }
    while (next <= nodeCount) starts[next++] = at
    return {
      ...{ constants, starts },
      features: this.#features.toArray(),
      weights: this.#weights.toArray(),
    }
  }
}

function finite(value: number, tree: number, node: number): number {
  if (!Number.isFinite(value)) throw brokenTree(tree, `A linear leaf has the number ${value}`, node)
  return value
}
