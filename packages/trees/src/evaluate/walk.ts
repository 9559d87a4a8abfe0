import { hasCategory } from './category-sets.ts'
import { type Forest, WALK } from './forest.ts'
import { SPLIT } from './split-kind.ts'

/** LightGBM's kZeroThreshold: 1e-35 as a float (include/LightGBM/meta.h). */
const ZERO = Math.fround(1e-35)
/** The first number that is no category to XGBoost (dmlc/xgboost, src/common/categorical.h). */
const XGBOOST_CATEGORIES = 2 ** 24
/** The first that is none to LightGBM, which turns it into an int. */
const LIGHTGBM_CATEGORIES = 2 ** 31

/**
 * Finds the leaf of one tree for each of some rows.
 *
 * @param rows values by row; row i begins at `start + i * width`
 * @param reached where the node of each row is written
 */
export function walkTree(
  forest: Forest,
  tree: number,
  rows: Float64Array,
  start: number,
  width: number,
  count: number,
  reached: Int32Array,
): void {
  const { thresholds, words } = forest
  const root = forest.roots[tree]
  const walk = forest.walks[tree]
  if (walk === WALK.steps) {
    walkSteps(thresholds, words, root, forest.depths[tree], rows, start, width, count, reached)
  } else if (walk === WALK.untilLeaf) {
    walkUntilLeaf(thresholds, words, root, rows, start, width, count, reached)
  } else walkGeneral(forest, root, rows, start, width, count, reached)
}

/**
 * Which child is next is computed without a branch, which a processor could not predict. `missing` is -1 where NaN
 * goes left: then a value goes right if it is `>=`, else unless it is `<`, and NaN is neither.
 */
function walkSteps(
  thresholds: Float64Array,
  words: Int32Array,
  root: number,
  depth: number,
  rows: Float64Array,
  start: number,
  width: number,
  count: number,
  reached: Int32Array,
): void {
  for (let i = 0, row = start; i < count; i++, row += width) {
    let node = root
    for (let step = 0; step < depth; step++) {
      const feature = words[4 * node + 2]
      const missing = feature >> 31
      const value = rows[row + (feature ^ missing)]
      const threshold = thresholds[2 * node]
      const notBelow = +(value < threshold) ^ 1
      const above = +(value >= threshold)
      node = words[4 * node + 3] + ((above & missing) | (notBelow & ~missing))
    }
    reached[i] = node
  }
}

function walkUntilLeaf(
  thresholds: Float64Array,
  words: Int32Array,
  root: number,
  rows: Float64Array,
  start: number,
  width: number,
  count: number,
  reached: Int32Array,
): void {
  for (let i = 0, row = start; i < count; i++, row += width) {
    let node = root
    for (;;) {
      const left = words[4 * node + 3]
      if (left === node) break
      const feature = words[4 * node + 2]
      const missing = feature >> 31
      const value = rows[row + (feature ^ missing)]
      const threshold = thresholds[2 * node]
      const notBelow = +(value < threshold) ^ 1
      const above = +(value >= threshold)
      node = left + ((above & missing) | (notBelow & ~missing))
    }
    reached[i] = node
  }
}

function walkGeneral(
  forest: Forest,
  root: number,
  rows: Float64Array,
  start: number,
  width: number,
  count: number,
  reached: Int32Array,
): void {
  const { words } = forest
  for (let i = 0, row = start; i < count; i++, row += width) {
    let node = root
    for (;;) {
      const left = words[4 * node + 3]
      if (left === node) break
      const feature = words[4 * node + 2]
      const missing = feature >> 31
      node = goesLeft(forest, node, rows[row + (feature ^ missing)], missing !== 0)
        ? left
        : left + 1
    }
    reached[i] = node
  }
}

function goesLeft(forest: Forest, node: number, value: number, missingLeft: boolean): boolean {
  const threshold = forest.thresholds[2 * node]
  switch (forest.kinds[node]) {
    case SPLIT.number:
      return missingLeft ? !(value >= threshold) : value < threshold
    case SPLIT.categoryRight:
      if (Number.isNaN(value)) return missingLeft
      if (value < 0 || value >= XGBOOST_CATEGORIES) return true
      return !hasCategory(forest.sets, threshold, Math.trunc(value))
    case SPLIT.categoryLeft: {
      const category = Math.trunc(value)
      // NaN is neither.
      if (!(category >= 0 && category < LIGHTGBM_CATEGORIES)) return false
      return hasCategory(forest.sets, threshold, category)
    }
    case SPLIT.zeroMissing:
      if (Number.isNaN(value) || Math.abs(value) <= ZERO) return missingLeft
      return value <= threshold
    default:
      return Number.isNaN(value) ? missingLeft : true
  }
}
