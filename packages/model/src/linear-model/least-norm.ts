import { dot } from '../arithmetic/dot.ts'
import { orthogonalizeRows } from '../arithmetic/orthogonal-rows.ts'

/**
 * Of all solutions the one whose coefficients, in the units of the columns, have the least norm: the one that lies in the
 * space of the rows. A coefficient is the weight of its scaled column times the column's factor.
 *
 * @param rows equations in the weights of the scaled columns times `lengths`; changed in place
 * @param share singular values below this share of the largest are taken for 0
 */
export function leastNorm(
  rows: readonly Float64Array[],
  right: Float64Array,
  share: number,
  lengths: Float64Array,
  factor: Float64Array,
): { rank: number; weights: Float64Array } {
  const { singularValues, rightSide } = orthogonalizeRows(rows, right)
  const largest = singularValues.reduce((most, value) => Math.max(most, value), 0)
  const kept = Array.from(rows.keys()).filter((i) => singularValues[i] > share * largest)
  const coef = new Float64Array(factor.length)
  for (const i of kept) {
    const step = rightSide[i] / singularValues[i] ** 2
    for (let j = 0; j < coef.length; j++) coef[j] += (step * rows[i][j] * factor[j]) / lengths[j]
  }
  const basis = orthonormalBasis(
    kept.map((i) =>
      rows[i].map((value, j) => (factor[j] === 0 ? 0 : (value * lengths[j]) / factor[j])),
    ),
  )
  const projected = project(coef, basis)
  const weights = projected.map((value, j) => (factor[j] === 0 ? 0 : value / factor[j]))
  return { rank: kept.length, weights }
}

const lengthOf = (vector: Float64Array) => Math.sqrt(dot(vector, vector))

/** By Gram and Schmidt's method, twice, since once leaves rounding behind. */
function orthonormalBasis(vectors: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = []
  for (const vector of vectors) {
    const length = lengthOf(vector)
    if (length === 0) continue
    let rest = vector.map((value) => value / length)
    for (let pass = 0; pass < 2; pass++) {
      const own = project(rest, basis)
      rest = rest.map((value, j) => value - own[j])
      const left = lengthOf(rest)
      rest = rest.map((value) => value / left)
    }
    basis.push(rest)
  }
  return basis
}

/** The part of a vector that lies in the space of some orthonormal ones. */
function project(vector: Float64Array, basis: readonly Float64Array[]): Float64Array {
  const part = new Float64Array(vector.length)
  for (const axis of basis) {
    const product = dot(axis, vector)
    for (let j = 0; j < axis.length; j++) part[j] += product * axis[j]
  }
  return part
}
