import type { DocumentReader } from '../document/document-reader.ts'
import { brokenAt, brokenTree } from '../errors.ts'
import type { CategorySetsBuilder } from '../evaluate/category-sets.ts'
import type { TreeShape } from '../evaluate/tree-shape.ts'
import { countOf, type PlacedText, readTextMembers } from './read-text-members.ts'
import { type SplitCategories, storeCategories } from './store-categories.ts'

/** The arrays of one tree; those that are not needed are passed over. */
interface TreeArrays extends SplitCategories {
  left?: Int32Array
  right?: Int32Array
  features?: Int32Array
  conditions?: Float32Array
  missingLeft?: Uint8Array
  parameters?: Map<string, PlacedText>
  /** Where they begin: they are read if the leaves are vectors. */
  baseWeights?: number
  leafWeights?: number
}

/**
 * Reads a tree (dmlc/xgboost, src/tree/tree_model.cc, RegTree::LoadModel; src/tree/multi_target_tree_model.cc for
 * vector leaves). The number of a node is its place in each array; a leaf has no left child.
 *
 * @param tree its number
 * @param outputs as many as a vector leaf has values
 */
export function readTree(
  reader: DocumentReader,
  tree: number,
  outputs: number | undefined,
  sets: CategorySetsBuilder,
): TreeShape & { readonly leafWidth: number } {
  const start = reader.offset
  const arrays = readArrays(reader, tree)
  const needed = <T>(name: string, array: T | undefined): T => {
    if (array === undefined) throw brokenAt(start, `Tree ${tree} has no ${name}`)
    return array
  }
  const left = needed('left_children', arrays.left)
  const right = needed('right_children', arrays.right)
  const features = needed('split_indices', arrays.features)
  const conditions = needed('split_conditions', arrays.conditions)
  const missingLeft = needed('default_left', arrays.missingLeft)
  const parameters = arrays.parameters ?? new Map<string, PlacedText>()
  const size = left.length
  if (size === 0) throw brokenTree(tree, 'The tree has no node')
  const lengths = {
    right_children: right,
    split_indices: features,
    split_conditions: conditions,
    default_left: missingLeft,
  }
  for (const [name, { length }] of Object.entries(lengths)) {
    if (length !== size)
      throw brokenTree(tree, `left_children has ${size} entries, but ${name} has ${length}`)
  }
  const stated = countOf(parameters, 'num_nodes', size)
  if (stated !== size) throw brokenTree(tree, `num_nodes is ${stated}, but there are ${size} nodes`)
  const leafWidth = Math.max(1, countOf(parameters, 'size_leaf_vector', 1))
  const kinds = new Uint8Array(size)
  const thresholds = Float64Array.from(conditions)
  storeCategories(arrays, tree, kinds, thresholds, sets)
  const shape = { size, left, right, features, thresholds, missingLeft, kinds, leafWidth }
  if (leafWidth === 1) return { ...shape, leaves: conditions }
  if (outputs !== undefined && leafWidth !== outputs)
    throw brokenTree(tree, `Leaves have ${leafWidth} values, but the model has ${outputs} outputs`)
  return { ...shape, ...readVectors(reader, arrays, tree, leafWidth) }
}

function readArrays(reader: DocumentReader, tree: number): TreeArrays {
  const arrays: TreeArrays = {}
  const readers: Readonly<Record<string, () => void>> = {
    left_children: () => {
      arrays.left = reader.integers()
    },
    right_children: () => {
      arrays.right = reader.integers()
    },
    split_indices: () => {
      arrays.features = reader.integers()
    },
    split_conditions: () => {
      arrays.conditions = reader.floats()
    },
    default_left: () => {
      arrays.missingLeft = reader.flags()
    },
    tree_param: () => {
      arrays.parameters = readTextMembers(reader, ['num_nodes', 'size_leaf_vector'])
    },
    split_type: () => {
      arrays.splitTypes = reader.flags()
    },
    categories: () => {
      arrays.categories = reader.integers()
    },
    categories_nodes: () => {
      arrays.nodes = reader.integers()
    },
    categories_segments: () => {
      arrays.segments = reader.doubles()
    },
    categories_sizes: () => {
      arrays.sizes = reader.doubles()
    },
    base_weights: () => {
      arrays.baseWeights = reader.offset
      reader.skip()
    },
    leaf_weights: () => {
      arrays.leafWeights = reader.offset
      reader.skip()
    },
    id: () => {
      const { offset } = reader
      const id = reader.number()
      if (id !== tree) throw brokenAt(offset, `Tree ${tree} has the id ${id}`)
    },
  }
  reader.object((name) => {
    if (Object.hasOwn(readers, name)) readers[name]()
    else reader.skip()
  })
  return arrays
}

/**
 * Up to 3.1 each node has its values in base_weights; since 3.2 only leaves have, in leaf_weights, and the right
 * child of a leaf is its number there.
 */
function readVectors(reader: DocumentReader, arrays: TreeArrays, tree: number, width: number) {
  const place = arrays.leafWeights ?? arrays.baseWeights
  if (place === undefined)
    throw brokenTree(tree, 'The tree has no leaf_weights and no base_weights')
  const back = reader.offset
  reader.seek(place)
  const values = reader.floats()
  reader.seek(back)
  const { left = new Int32Array(0), right = left } = arrays
  const leaves = new Float64Array(left.length)
  for (let node = 0; node < left.length; node++) {
    const number = arrays.leafWeights === undefined ? node : right[node]
    leaves[node] = number * width
    if (left[node] >= 0) continue
    if (!(number >= 0 && (number + 1) * width <= values.length))
      throw brokenTree(
        tree,
        `The values of a leaf are not among the ${values.length} that there are`,
        node,
      )
  }
  return { leaves, vectors: { values, width } }
}
