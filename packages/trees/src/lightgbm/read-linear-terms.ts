import type { LinearTerms } from '../evaluate/tree-shape.ts'
import { integersOf, numbersOf, type Section } from './numbers.ts'

const INT_MAX = 2 ** 31 - 1

/** The terms of the leaves of a linear tree (`linear_tree=true`). */
export function readLinearTerms(section: Section, leaves: number): LinearTerms {
  const { fields } = section
  const constants = fields.has('leaf_const')
    ? numbersOf(section, 'leaf_const', leaves)
    : new Float64Array(leaves)
  const starts = new Int32Array(leaves + 1)
  let total = 0
  if (fields.has('num_features')) {
    const counts = integersOf(section, 'num_features', leaves, [0, INT_MAX])
    for (let leaf = 0; leaf < leaves; leaf++) {
      total += counts[leaf]
      starts[leaf + 1] = total
    }
  }
  const features = total === 0 ? [] : integersOf(section, 'leaf_features', total, [0, INT_MAX])
  const weights = total === 0 ? new Float64Array(0) : numbersOf(section, 'leaf_coeff', total)
  return { constants, starts, features: Int32Array.from(features), weights }
}
