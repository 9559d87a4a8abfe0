import type { DocumentReader } from '../document/document-reader.ts'
import { brokenAt } from '../errors.ts'
import { ForestBuilder } from '../evaluate/forest-builder.ts'
import { type Category, MAX_FEATURES } from '../features.ts'
import type { Steps } from '../steps.ts'
import { readCategories } from './read-categories.ts'
import { countOf, readTextMembers } from './read-text-members.ts'
import { readTree } from './read-tree.ts'

/** What the part `gradient_booster` of a file holds; which of it depends on the kind of booster. */
export interface Booster {
  name?: string
  readonly builder: ForestBuilder
  /** Of each tree, the output it adds to. */
  treeInfo?: Int32Array
  /** Where the trees of each iteration begin. */
  iterations?: Int32Array
  parallelTrees: number
  /** Of DART, what each tree is multiplied with. */
  weightDrop?: Float32Array
  categories?: (readonly Category[])[]
  /** Of gblinear. */
  weights?: Float32Array
  /** How many values a leaf has. */
  leafWidth: number
}

/**
 * Reads a booster (dmlc/xgboost, src/gbm/gbtree.cc, gbtree_model.cc, gblinear_model.cc). DART keeps its trees in a
 * booster of their own until 3.3, and is a gbtree with weights from 3.4 on.
 */
export function* readBooster(reader: DocumentReader): Steps<Booster> {
  const booster: Booster = {
    builder: new ForestBuilder(),
    ...{ parallelTrees: 1, leafWidth: 1 },
  }
  yield* readParts(reader, booster, true)
  return booster
}

function* readParts(reader: DocumentReader, booster: Booster, outermost: boolean): Steps<void> {
  for (const name of reader.members()) {
    if (name === 'model') yield* readModel(reader, booster)
    else if (name === 'gbtree' && outermost) yield* readParts(reader, booster, false)
    else if (name === 'weight_drop') booster.weightDrop = reader.floats()
    else if (name === 'name' && outermost) booster.name = reader.text()
    else reader.skip()
  }
}

function* readModel(reader: DocumentReader, booster: Booster): Steps<void> {
  for (const name of reader.members()) {
    switch (name) {
      case 'trees':
        yield* readTrees(reader, booster)
        break
      case 'gbtree_model_param':
        booster.parallelTrees = readParallelTrees(reader)
        break
      case 'tree_info':
        booster.treeInfo = reader.integers()
        break
      case 'iteration_indptr':
        booster.iterations = reader.integers()
        break
      case 'weight_drop':
        booster.weightDrop = reader.floats()
        break
      case 'cats':
        booster.categories = readCategories(reader)
        break
      case 'weights':
        booster.weights = reader.floats()
        break
      default:
        reader.skip()
    }
  }
}

function readParallelTrees(reader: DocumentReader): number {
  const name = 'num_parallel_tree'
  return countOf(readTextMembers(reader, [name]), name, 1)
}

function* readTrees(reader: DocumentReader, booster: Booster): Steps<void> {
  const { builder } = booster
  if (builder.trees > 0) throw brokenAt(reader.offset, 'The file has its trees twice')
  for (const index of reader.elements()) {
    const start = reader.offset
    const tree = readTree(reader, index, index === 0 ? undefined : booster.leafWidth, builder.sets)
    if (index === 0) booster.leafWidth = tree.leafWidth
    else if (tree.leafWidth !== booster.leafWidth)
      throw brokenAt(
        start,
        `Leaves of tree ${index} have another number of values than those of tree 0`,
      )
    builder.add(tree, MAX_FEATURES)
    yield
  }
}
