import type { ColumnMap } from '../column-maps/column-map.ts'
import type { FittedColumns } from '../column-maps/fitted-columns.ts'
import type { Cell } from '../frame/cell.ts'
import { placesOf, type TypedRows } from './typed-rows.ts'

/** The most rows that terms are asked for at a time, so that what they hold between stays in the processor's cache. */
export const BLOCK_ROWS = 256

/**
 * Adds what some columns of the result contribute to the scores of some rows: one row after another, as many scores a row as
 * the model has. Where a cell is refused, the scores become NaN.
 */
export type ScoreTerm = (rows: TypedRows, start: number, end: number, scores: Float64Array) => void

/**
 * Terms which together add weights · columns. Each column of the result is added in its order, so that the sums are those of
 * the model, to the last bit; columns of one text alone are added up before, for each of its categories.
 *
 * @param weights for each score a weight for each column of the result
 */
export function scoreTerms(
  { kinds, maps }: FittedColumns,
  weights: readonly (readonly number[])[],
): readonly ScoreTerm[] {
  const places = placesOf(kinds)
  const terms: ScoreTerm[] = []
  let at = 0
  for (let m = 0; m < maps.length; ) {
    const { from } = maps[m]
    const place = places[from]
    if (kinds[from] === 'text') {
      let end = m + 1
      while (end < maps.length && maps[end].from === from) end++
      const group = maps.slice(m, end)
      terms.push(textTerm(group, place, contributionOf(group, at, weights)))
      for (const { width } of group) at += width
      m = end
    } else {
      terms.push(numberTerm(maps[m], place, tableOf(at, maps[m].width, weights)))
      at += maps[m].width
      m++
    }
  }
  return terms
}

/** The weights of some columns: for each column one for each score. */
function tableOf(at: number, width: number, weights: readonly (readonly number[])[]): Float64Array {
  const table = new Float64Array(width * weights.length)
  for (const [k, row] of weights.entries()) {
    for (let j = 0; j < width; j++) table[j * weights.length + k] = row[at + j]
  }
  return table
}

/** What a cell adds to each score. */
type Contribution = (cell: Cell) => Float64Array

function contributionOf(
  group: readonly ColumnMap[],
  first: number,
  weights: readonly (readonly number[])[],
): Contribution {
  return (cell) => {
    const sums = new Float64Array(weights.length)
    let at = first
    for (const { gives, width, map } of group) {
      const value = Number(map(cell) ?? Number.NaN)
      const isCode = gives === 'one-hot'
      for (const [k, row] of weights.entries()) {
        if (Number.isNaN(value)) sums[k] = Number.NaN
        else if (!isCode) sums[k] += row[at] * value
        else if (value >= 0) sums[k] += row[at + value]
      }
      at += width
    }
    return sums
  }
}

/** A look-up for each category that is known, made when it is first met; all other texts have the same result. */
function textTerm(group: readonly ColumnMap[], place: number, of: Contribution): ScoreTerm {
  const known = new Set<Cell>([null, ...group.flatMap(({ categories = [] }) => categories)])
  const met = new Map<Cell, Float64Array>()
  let other = ''
  while (known.has(other)) other += '?'
  const ofOthers = of(other)
  const nScores = ofOthers.length
  const meet = (cell: Cell) => {
    if (!known.has(cell)) return ofOthers
    const sums = of(cell)
    met.set(cell, sums)
    return sums
  }
  return ({ texts }, start, end, scores) => {
    const column = texts[place]
    let to = 0
    for (let row = start; row < end; row++) {
      const sums = met.get(column[row]) ?? meet(column[row])
      for (let k = 0; k < nScores; k++) scores[to++] += sums[k]
    }
  }
}

function numberTerm(map: ColumnMap, place: number, table: Float64Array): ScoreTerm {
  const { mapNumbers } = map
  const nScores = table.length / map.width
  if (mapNumbers === undefined) return cellTerm(map, place, table)
  const [one, block] = [new Float64Array(1), new Float64Array(BLOCK_ROWS)]
  return ({ nRows, numbers }, start, end, scores) => {
    const count = end - start
    const stride = numbers.length / nRows
    const values = count === 1 ? one : block.subarray(0, count)
    for (let i = 0, at = start * stride + place; i < count; i++, at += stride) {
      values[i] = numbers[at]
    }
    mapNumbers(values)
    for (let i = 0, to = 0; i < count; i++) {
      for (let k = 0; k < nScores; k++) scores[to++] += table[k] * values[i]
    }
  }
}

function cellTerm({ map, gives, width }: ColumnMap, place: number, table: Float64Array): ScoreTerm {
  const isCode = gives === 'one-hot'
  const nScores = table.length / width
  return ({ nRows, numbers }, start, end, scores) => {
    const stride = numbers.length / nRows
    for (let row = start, to = 0; row < end; row++, to += nScores) {
      const value = Number(map(numbers[row * stride + place]) ?? Number.NaN)
      if (isCode && value < 0) continue
      const first = isCode && value >= 0 ? value * nScores : 0
      const factor = isCode && value >= 0 ? 1 : value
      for (let k = 0; k < nScores; k++) scores[to + k] += table[first + k] * factor
    }
  }
}
