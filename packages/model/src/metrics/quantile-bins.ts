import { firstNotBelow } from './first-not-below.ts'

/** The bounds of a bin; see {@link StabilityBin} for which values are in it. */
export interface BinBounds {
  readonly lower: number
  readonly upper: number
}

/**
 * Cuts a sorted sample at its quantiles. The lowest bin has no lower bound, the highest no upper one.
 *
 * The cuts are values of the sample (NumPy's `inverted_cdf`), not points between two: nothing is
 * lost to rounding, also at 1e308. A value that fills whole quantiles gets a bin of its own. Were it
 * only merged with its neighbours, as is often done, a constant column would have one bin and never
 * shift, and one of which 95 % are 1 would hide its zeros.
 */
export function quantileBins(sorted: Float64Array, nBins: number): readonly BinBounds[] {
  const { edges, isAlone } = cut(sorted, nBins)
  const bounds: BinBounds[] = []
  let lower = Number.NEGATIVE_INFINITY
  for (const [i, edge] of edges.entries()) {
    bounds.push({ lower, upper: edge })
    if (isAlone[i]) bounds.push({ lower: edge, upper: edge })
    lower = edge
  }
  bounds.push({ lower, upper: Number.POSITIVE_INFINITY })
  return bounds
}

/** Returns a function that finds the bin of a value, among bins that follow each other. */
export function binFinder(bounds: readonly BinBounds[]): (value: number) => number {
  const edges: number[] = []
  const firstBin: number[] = []
  for (const [i, { lower, upper }] of bounds.entries()) {
    if (lower === upper) continue
    edges.push(upper)
    firstBin.push(i)
  }
  return (value) => {
    const first = firstBin[firstNotBelow(edges, value)]
    const next = bounds[first + 1]
    return next !== undefined && next.upper === value ? first + 1 : first
  }
}

function cut(sorted: Float64Array, nBins: number) {
  const edges: number[] = []
  const isAlone: boolean[] = []
  let place = -1
  for (let i = 1; i < nBins; i++) {
    const next = Math.ceil((i * sorted.length) / nBins) - 1
    // Of a sample with fewer values than bins, one value may be several quantiles, and is no crowd.
    if (next === place) continue
    place = next
    if (sorted[place] === edges.at(-1)) isAlone[edges.length - 1] = true
    else {
      edges.push(sorted[place])
      isAlone.push(false)
    }
  }
  return { edges, isAlone }
}
