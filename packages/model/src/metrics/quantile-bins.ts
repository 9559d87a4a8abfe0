import { firstNotBelow } from './first-not-below.ts'

/** Where the values of a sample are cut, so that about as many lie in each bin. */
export interface QuantileBins {
  /** One pair a bin, in ascending order; see {@link StabilityBin} for which values are in it. */
  readonly bounds: readonly { readonly lower: number; readonly upper: number }[]
  /** The bin that a value is in. */
  readonly indexOf: (value: number) => number
}

/**
 * Cuts a sorted sample at its quantiles. The lowest bin has no lower bound, the highest no upper one.
 *
 * The cuts are values of the sample (NumPy's `inverted_cdf`), not points between two: nothing is
 * lost to rounding, also at 1e308. A value that fills whole quantiles gets a bin of its own. Were it
 * only merged with its neighbours, as is often done, a constant column would have one bin and never
 * shift, and one of which 95 % are 1 would hide its zeros.
 */
export function quantileBins(sorted: Float64Array, nBins: number): QuantileBins {
  const { edges, isAlone } = cut(sorted, nBins)
  const bounds: { lower: number; upper: number }[] = []
  const firstBin: number[] = []
  let lower = Number.NEGATIVE_INFINITY
  for (const [i, edge] of edges.entries()) {
    firstBin.push(bounds.length)
    bounds.push({ lower, upper: edge })
    if (isAlone[i]) bounds.push({ lower: edge, upper: edge })
    lower = edge
  }
  firstBin.push(bounds.length)
  bounds.push({ lower, upper: Number.POSITIVE_INFINITY })

  const indexOf = (value: number) => {
    const i = firstNotBelow(edges, value)
    return firstBin[i] + (isAlone[i] && edges[i] === value ? 1 : 0)
  }
  return { bounds, indexOf }
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
