import { type AddLeaves, addDoubles, addFloats, addLinear, addVectors } from './add-leaves.ts'
import type { Forest } from './forest.ts'
import type { Predictor, Rows } from './predictor.ts'
import type { PrepareRows } from './prepare-rows.ts'
import { walkTree } from './walk.ts'

/** A block of rows goes through one tree after another, while the tree is in the processor's cache. */
const BLOCK_ROWS = 64
/** A block of very wide rows is smaller: this many numbers are 256 KiB. */
const BLOCK_NUMBERS = 32_768

export interface ForestPredictorOptions {
  readonly featureCount: number
  readonly outputs: number
  /** How many trees are used, from the first on. */
  readonly trees: number
  readonly precision: 'float32' | 'float64'
  readonly prepare: PrepareRows
}

export function createForestPredictor(forest: Forest, options: ForestPredictorOptions): Predictor {
  const { featureCount: width, outputs, trees, prepare } = options
  const addLeaves = chooseAddition(forest, options)
  const blockRows = Math.max(1, Math.min(BLOCK_ROWS, Math.floor(BLOCK_NUMBERS / width)))
  const reached = new Int32Array(blockRows)
  let scratch = new Float64Array(0)

  const addTo = (rows: Rows, count: number, margins: Float64Array) => {
    const asTheyAre = prepare.keepsDoubles && rows instanceof Float64Array ? rows : undefined
    if (asTheyAre === undefined && scratch.length < Math.min(count, blockRows) * width)
      scratch = new Float64Array(Math.min(count, blockRows) * width)
    for (let first = 0; first < count; first += blockRows) {
      const n = Math.min(blockRows, count - first)
      if (asTheyAre === undefined) prepare.into(scratch, rows, first * width, n * width)
      const values = asTheyAre ?? scratch
      const start = asTheyAre === undefined ? 0 : first * width
      for (let tree = 0; tree < trees; tree++) {
        walkTree(forest, tree, values, start, width, n, reached)
        const at = first * outputs
        addLeaves(forest, tree, reached, n, margins, at, outputs, values, start, width)
      }
    }
  }
  return { addTo }
}

function chooseAddition(forest: Forest, { precision }: ForestPredictorOptions): AddLeaves {
  if (forest.vectors.length > 0) return addVectors
  if (forest.linear !== undefined) return addLinear(forest.linear)
  return precision === 'float32' ? addFloats : addDoubles
}
