import { RandomState } from '../random/random-state.ts'
import { checkClassificationOptions } from './check-classification-options.ts'
import type { MakeClassificationOptions } from './classification-options.ts'
import {
  combineFeatures,
  drawClusters,
  fillNoise,
  flipLabels,
  repeatFeatures,
  shiftAndScale,
} from './draw-classification.ts'

/** A table for classification. */
export interface ClassificationData {
  /** nSamples rows of nFeatures doubles. */
  readonly X: number[][]
  /** The class of each row, from 0 to nClasses - 1. */
  readonly y: number[]
}

/**
 * Draws a random table for classification: normal clusters about the vertices of a hypercube, with
 * redundant, repeated and useless columns, and with some classes drawn anew.
 *
 * The same `randomState` gives scikit-learn's table to the last bit, as NumPy computes it with
 * glibc and with OpenBLAS's kernels for AVX2 (Haswell, Zen) on one thread. Labels and their order
 * are the same everywhere; on other processors, AVX-512 among them, with other libraries, or with
 * several threads on a large table, NumPy itself may differ in the last bits of X.
 *
 * @throws {ModelError} `invalid_option` when a count is no positive integer, when the columns asked
 *   for are more than `nFeatures`, when the informative ones have too few vertices for the
 *   clusters, or when `weights`, `shift` or `scale` has the wrong length.
 *
 * Source: `sklearn.datasets.make_classification`, after I. Guyon, "Design of experiments for the
 * NIPS 2003 variable selection benchmark", 2003.
 *
 * @example
 * const { X, y } = makeClassification({ nFeatures: 2, nRedundant: 0, randomState: 0 })
 * X[0] // [-0.766054694735782, 0.18332468205821462]
 * y[0] // 0
 */
export function makeClassification(options: MakeClassificationOptions = {}): ClassificationData {
  const plan = checkClassificationOptions(options)
  const { nSamples, nFeatures } = plan
  const random = RandomState.from(options.randomState)
  const table = new Float64Array(nSamples * nFeatures)

  // The order of these draws is part of the result.
  const labels = drawClusters(table, plan, random)
  combineFeatures(table, plan, random)
  repeatFeatures(table, plan, random)
  fillNoise(table, plan, random)
  flipLabels(labels, plan, random)
  shiftAndScale(table, plan, random)

  const rows = plan.shuffle ? random.permutation(nSamples) : range(nSamples)
  const columns = plan.shuffle ? random.permutation(nFeatures) : range(nFeatures)
  return {
    X: Array.from(rows, (i) => Array.from(columns, (j) => table[i * nFeatures + j])),
    y: Array.from(rows, (i) => labels[i]),
  }
}

function range(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => i)
}
