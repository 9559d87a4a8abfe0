import type { Forest, LinearLeaves } from './forest.ts'

/** Adds the leaf of one tree for each of some rows to the margins of its output. */
export type AddLeaves = (
  forest: Forest,
  tree: number,
  reached: Int32Array,
  count: number,
  margins: Float64Array,
  /** Where the margins of the first row begin, and how many a row has. */
  start: number,
  outputs: number,
  rows: Float64Array,
  rowStart: number,
  width: number,
) => void

/** XGBoost adds in float32, tree by tree: rounding after each sum of two such numbers is its addition. */
export const addFloats: AddLeaves = (forest, tree, reached, count, margins, start, outputs) => {
  const { leaves } = forest
  let at = start + forest.outputs[tree]
  for (let i = 0; i < count; i++, at += outputs) {
    margins[at] = Math.fround(margins[at] + leaves[reached[i]])
  }
}

export const addVectors: AddLeaves = (forest, _tree, reached, count, margins, start, outputs) => {
  const { leaves, vectors } = forest
  for (let i = 0; i < count; i++) {
    const values = leaves[reached[i]]
    const at = start + i * outputs
    for (let j = 0; j < outputs; j++)
      margins[at + j] = Math.fround(margins[at + j] + vectors[values + j])
  }
}

export const addDoubles: AddLeaves = (forest, tree, reached, count, margins, start, outputs) => {
  const { leaves } = forest
  let at = start + forest.outputs[tree]
  for (let i = 0; i < count; i++, at += outputs) margins[at] += leaves[reached[i]]
}

/** LightGBM's linear trees (include/LightGBM/tree.h, Tree::Predict). */
export const addLinear =
  (linear: LinearLeaves): AddLeaves =>
  (forest, tree, reached, count, margins, start, outputs, rows, rowStart, width) => {
    for (let i = 0; i < count; i++) {
      const node = reached[i]
      margins[start + i * outputs + forest.outputs[tree]] +=
        linearValue(linear, node, rows, rowStart + i * width) ?? forest.leaves[node]
    }
  }

/** undefined where the leaf is not linear, or one of its features is missing. */
function linearValue(linear: LinearLeaves, node: number, rows: Float64Array, row: number) {
  let value = linear.constants[node]
  if (Number.isNaN(value)) return undefined
  for (let i = linear.starts[node]; i < linear.starts[node + 1]; i++) {
    const feature = rows[row + linear.features[i]]
    if (Number.isNaN(feature)) return undefined
    value += linear.weights[i] * feature
  }
  return value
}
