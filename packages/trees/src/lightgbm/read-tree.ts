import type { CategorySetsBuilder } from '../evaluate/category-sets.ts'
import { SPLIT } from '../evaluate/split-kind.ts'
import type { TreeShape } from '../evaluate/tree-shape.ts'
import { brokenLine } from './lines.ts'
import { nextUp } from './next-up.ts'
import { checkCount, fieldOf, integerOf, integersOf, numbersOf, type Section } from './numbers.ts'
import { readCategorySets } from './read-category-sets.ts'
import { readLinearTerms } from './read-linear-terms.ts'

/** Bits of decision_type (LightGBM, include/LightGBM/tree.h). */
const CATEGORICAL = 1
const DEFAULT_LEFT = 2
/** Values of its bits 2 and 3. */
const MISSING = { none: 0, zero: 1, nan: 2 } as const

const INT_MAX = 2 ** 31 - 1

/** What the splits of a tree take for missing. */
export interface TreeReading {
  readonly shape: TreeShape
  readonly nanMissing: boolean
  readonly zeroMissing: boolean
  readonly categorical: readonly number[]
}

/**
 * Reads a tree (LightGBM, src/io/tree.cpp, Tree::Tree(const char*, size_t*)). A child below 0 is the leaf ~child;
 * here, splits are the nodes 0 to n - 2 and leaves the nodes n - 1 to 2n - 2.
 */
export function readTree(section: Section, sets: CategorySetsBuilder): TreeReading {
  const leaves = integerOf(section, 'num_leaves', [1, INT_MAX])
  const splits = leaves - 1
  // Before memory is taken for so many nodes.
  for (const name of splits > 0 ? SPLIT_FIELDS : []) checkCount(section, name, splits)
  const leafValues = numbersOf(section, 'leaf_value', leaves)
  const size = splits + leaves
  const shape = {
    size,
    left: new Int32Array(size).fill(-1),
    right: new Int32Array(size).fill(-1),
    features: new Int32Array(size),
    thresholds: new Float64Array(size),
    missingLeft: new Uint8Array(size),
    kinds: new Uint8Array(size),
    leaves: new Float64Array(size),
  }
  shape.leaves.set(leafValues, splits)
  const reading = splits > 0 ? readSplits(section, shape, splits, sets) : NO_SPLITS
  const isLinear = section.fields.has('is_linear') && integerOf(section, 'is_linear', [0, 1]) === 1
  if (!isLinear) return { shape, ...reading }
  return { shape: { ...shape, linear: readLinearTerms(section, leaves) }, ...reading }
}

const SPLIT_FIELDS = ['left_child', 'right_child', 'split_feature', 'threshold']

const NO_SPLITS = { nanMissing: false, zeroMissing: false, categorical: [] }

interface SplitArrays {
  readonly left: Int32Array
  readonly right: Int32Array
  readonly features: Int32Array
  readonly thresholds: Float64Array
  readonly missingLeft: Uint8Array
  readonly kinds: Uint8Array
}

function readSplits(
  section: Section,
  shape: SplitArrays,
  splits: number,
  sets: CategorySetsBuilder,
) {
  shape.left.set(readChildren(section, 'left_child', splits))
  shape.right.set(readChildren(section, 'right_child', splits))
  shape.features.set(integersOf(section, 'split_feature', splits, [0, INT_MAX]))
  const thresholds = numbersOf(section, 'threshold', splits)
  const decisions = section.fields.has('decision_type')
    ? integersOf(section, 'decision_type', splits, [0, 11])
    : new Float64Array(splits)
  const firstSet = readCategorySets(section, sets)
  const found = { nanMissing: false, zeroMissing: false, categorical: [] as number[] }
  for (let node = 0; node < splits; node++) {
    const decision = decisions[node]
    if ((decision & CATEGORICAL) !== 0) {
      const set = thresholds[node]
      if (!(Number.isInteger(set) && set >= 0 && set < firstSet.count)) {
        const problem = `The categories of node ${node} are set ${set}, but there are ${firstSet.count}`
        throw brokenLine(fieldOf(section, 'threshold'), problem, section.tree)
      }
      shape.kinds[node] = SPLIT.categoryLeft
      shape.thresholds[node] = firstSet.first + set
      found.categorical.push(shape.features[node])
      found.nanMissing = true
      continue
    }
    const missing = decision >> 2
    storeNumberSplit(shape, node, thresholds[node], missing, (decision & DEFAULT_LEFT) !== 0)
    found.nanMissing ||= missing !== MISSING.none
    found.zeroMissing ||= missing === MISSING.zero
  }
  return found
}

/** `x <= t` is asked as `x < u`, where u is the next double above t, so that both libraries ask the same. */
function storeNumberSplit(
  shape: SplitArrays,
  node: number,
  threshold: number,
  missing: number,
  defaultLeft: boolean,
): void {
  // Without a missing type, NaN is 0.
  const missingLeft = missing === MISSING.none ? 0 <= threshold : defaultLeft
  shape.missingLeft[node] = missingLeft ? 1 : 0
  shape.thresholds[node] = threshold
  if (missing === MISSING.zero) shape.kinds[node] = SPLIT.zeroMissing
  else if (threshold === Number.POSITIVE_INFINITY) shape.kinds[node] = SPLIT.allLeft
  else shape.thresholds[node] = nextUp(threshold)
}

function readChildren(section: Section, name: string, splits: number): Float64Array {
  const children = integersOf(section, name, splits, [-splits - 1, splits - 1])
  return children.map((child) => (child < 0 ? splits + ~child : child))
}
