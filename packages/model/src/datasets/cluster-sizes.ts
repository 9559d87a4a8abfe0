/** What the sizes of the clusters follow from. */
export interface ClusterShares {
  readonly nSamples: number
  readonly nClasses: number
  readonly nClustersPerClass: number
  /** One share for each class, or for each but the last. */
  readonly weights: readonly number[] | null
}

/**
 * Rows in each cluster; cluster k is one of class k % nClasses. Shares are rounded down, and the
 * rows left over are dealt out one by one from the first cluster on.
 *
 * Source: `make_classification` of scikit-learn.
 */
export function clusterSizes(shares: ClusterShares): number[] {
  const { nSamples, nClasses, nClustersPerClass } = shares
  const weights = [...(shares.weights ?? Array.from({ length: nClasses }, () => 1 / nClasses))]
  if (weights.length === nClasses - 1) weights.push(1 - weights.reduce((sum, w) => sum + w, 0))

  const nClusters = nClasses * nClustersPerClass
  const sizes = Array.from({ length: nClusters }, (_, k) =>
    Math.trunc((nSamples * weights[k % nClasses]) / nClustersPerClass),
  )
  const left = nSamples - sizes.reduce((sum, size) => sum + size, 0)
  for (let i = 0; i < left; i++) sizes[i % nClusters] += 1
  return sizes
}
