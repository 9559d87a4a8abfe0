import { describe, expect, it } from 'vitest'
import { clusterSizes } from './cluster-sizes.ts'

describe('clusterSizes', () => {
  it.each([
    ['equal shares without weights', 100, 2, 2, null, [25, 25, 25, 25]],
    ['rows left over from the first on', 10, 2, 2, null, [3, 3, 2, 2]],
    ['shares by weight', 100, 2, 2, [0.9, 0.1], [45, 5, 45, 5]],
    ['the last weight as what is left', 100, 3, 1, [0.5, 0.25], [50, 25, 25]],
    ['weights below 1 together, the rest dealt out', 10, 2, 1, [0.1, 0.1], [5, 5]],
    ['a class without rows', 50, 2, 2, [1, 0], [25, 0, 25, 0]],
  ])('deals out %s', (_, nSamples, nClasses, nClustersPerClass, weights, expected) => {
    expect(clusterSizes({ nSamples, nClasses, nClustersPerClass, weights })).toEqual(expected)
  })
})
