import { brokenTree } from '../errors.ts'
import type { CategorySetsBuilder } from '../evaluate/category-sets.ts'
import { SPLIT } from '../evaluate/split-kind.ts'

/** How a tree holds its categorical splits: for each such node, a piece of one list of categories. */
export interface SplitCategories {
  /** 1 for a categorical split. */
  splitTypes?: Uint8Array
  categories?: Int32Array
  nodes?: Int32Array
  segments?: Float64Array
  sizes?: Float64Array
}

/**
 * Makes sets of the categories (dmlc/xgboost, src/tree/tree_model.cc, RegTree::LoadCategoricalSplit). The thresholds
 * of such nodes are NaN, or anything, in the file; here they become the numbers of the sets.
 */
export function storeCategories(
  split: SplitCategories,
  tree: number,
  kinds: Uint8Array,
  thresholds: Float64Array,
  sets: CategorySetsBuilder,
): void {
  const { splitTypes } = split
  if (splitTypes === undefined) return
  if (splitTypes.length !== kinds.length)
    throw brokenTree(
      tree,
      `There are ${kinds.length} nodes, but split_type has ${splitTypes.length} entries`,
    )
  const { categories = NONE } = split
  const pieces = findPieces(split, tree, kinds.length)
  const { segments = NO_PLACES, sizes = NO_PLACES } = split
  for (let node = 0; node < kinds.length; node++) {
    if (splitTypes[node] === 0) continue
    kinds[node] = SPLIT.categoryRight
    const piece = pieces[node]
    const codes =
      piece < 0 ? NONE : categories.subarray(segments[piece], segments[piece] + sizes[piece])
    thresholds[node] = sets.addCodes(codes)
  }
}

const NONE = new Int32Array(0)
const NO_PLACES = new Float64Array(0)

/** Of each node, which piece is its own, or -1. */
function findPieces(split: SplitCategories, tree: number, size: number): Int32Array {
  const { categories = NONE, nodes = NONE, segments = NO_PLACES, sizes = NO_PLACES } = split
  if (segments.length !== nodes.length || sizes.length !== nodes.length)
    throw brokenTree(
      tree,
      'categories_nodes, categories_segments and categories_sizes differ in length',
    )
  const lowest = categories.findIndex((category) => category < 0)
  if (lowest >= 0) throw brokenTree(tree, `Category ${categories[lowest]} is below 0`)
  const pieces = new Int32Array(size).fill(-1)
  let total = 0
  for (let i = 0; i < nodes.length; i++) {
    const start = segments[i]
    const end = start + sizes[i]
    total += sizes[i]
    const isWhole = Number.isInteger(start) && Number.isInteger(end)
    const fits = start >= 0 && end >= start && end <= categories.length
    // Pieces that overlap would make more of the file than it holds.
    if (!isWhole || !fits || total > categories.length || !(nodes[i] >= 0 && nodes[i] < size))
      throw brokenTree(
        tree,
        `The categories of a split are the entries ${start} to ${end}, but there are ${categories.length}`,
        nodes[i],
      )
    pieces[nodes[i]] = i
  }
  return pieces
}
