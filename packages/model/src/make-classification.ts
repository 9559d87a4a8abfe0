import { blasProduct } from './blas-product.ts'
import { checkClassificationOptions } from './check-classification-options.ts'
import { clusterSizes } from './cluster-sizes.ts'
import { hypercubeVertices } from './hypercube.ts'
import { type RandomSource, RandomState } from './random-state.ts'

/** What {@link makeClassification} draws: names, meaning and defaults are scikit-learn's. */
export interface MakeClassificationOptions {
  /** Rows; default 100. */
  readonly nSamples?: number | undefined
  /** Columns; default 20. Those that are neither informative, redundant nor repeated are noise. */
  readonly nFeatures?: number | undefined
  /** Columns that tell the classes apart; default 2. */
  readonly nInformative?: number | undefined
  /** Columns that are linear combinations of the informative ones; default 2. */
  readonly nRedundant?: number | undefined
  /** Columns that repeat an informative or redundant one; default 0. */
  readonly nRepeated?: number | undefined
  /** Classes, labelled from 0; default 2. */
  readonly nClasses?: number | undefined
  /** Clusters of each class; default 2. */
  readonly nClustersPerClass?: number | undefined
  /** The share of each class, or of each but the last; default: equal shares. */
  readonly weights?: readonly number[] | null | undefined
  /** The share of rows whose class is drawn anew; default 0.01. Below 0 nothing is drawn for it. */
  readonly flipY?: number | undefined
  /** Half the side of the hypercube that has the clusters at its vertices; default 1. */
  readonly classSep?: number | undefined
  /** Whether the clusters stay at the vertices of a cube, not of a random box; default true. */
  readonly hypercube?: boolean | undefined
  /** Added to all columns or to each; `null` draws one for each in ±classSep; default 0. */
  readonly shift?: number | readonly number[] | null | undefined
  /** Then multiplies all columns or each; `null` draws one for each in [1, 101); default 1. */
  readonly scale?: number | readonly number[] | null | undefined
  /** Whether rows and columns are put in random order at the end; default true. */
  readonly shuffle?: boolean | undefined
  /** The seed, or the generator to draw from. Without one, every table differs. */
  readonly randomState?: RandomSource | undefined
}

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
 * OpenBLAS and glibc on an x86-64 processor with fused multiply-add; other processors and
 * libraries may differ from that in the last bits.
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
  const { nSamples, nFeatures, nInformative, nRedundant, nRepeated, nClasses, classSep } = plan
  const random = RandomState.from(options.randomState)
  const table = new Float64Array(nSamples * nFeatures)
  const labels = new Uint32Array(nSamples)

  const sizes = clusterSizes(plan)
  const centroids = hypercubeVertices(sizes.length, nInformative, random).map((vertex) =>
    vertex.map((bit) => bit * (2 * classSep) - classSep),
  )
  if (!plan.hypercube) stretch(centroids, random)

  fillNormal(table, nFeatures, 0, nInformative, random)
  let row = 0
  for (const [k, centroid] of centroids.entries()) {
    const nRows = Math.min(sizes[k], nSamples - row)
    labels.fill(k % nClasses, row, row + nRows)
    const mixing = drawSymmetric(nInformative * nInformative, random)
    const block = { data: table, start: row * nFeatures, stride: nFeatures, nRows }
    const mixed = blasProduct(block, nInformative, mixing)
    forEachCell(nRows, nInformative, (i, j) => {
      table[(row + i) * nFeatures + j] = mixed[i * nInformative + j] + centroid[j]
    })
    row += nRows
  }

  if (nRedundant > 0) {
    const mixing = drawSymmetric(nInformative * nRedundant, random)
    const block = { data: table, start: 0, stride: nFeatures, nRows: nSamples }
    const mixed = blasProduct(block, nInformative, mixing)
    forEachCell(nSamples, nRedundant, (i, j) => {
      table[i * nFeatures + nInformative + j] = mixed[i * nRedundant + j]
    })
  }

  const nMeaningful = nInformative + nRedundant
  const repeated = Array.from({ length: nRepeated }, () =>
    Math.floor((nMeaningful - 1) * random.uniform() + 0.5),
  )
  forEachCell(nSamples, nRepeated, (i, j) => {
    table[i * nFeatures + nMeaningful + j] = table[i * nFeatures + repeated[j]]
  })

  fillNormal(table, nFeatures, nMeaningful + nRepeated, nFeatures, random)
  if (plan.flipY >= 0) flipLabels(labels, plan.flipY, nClasses, random)

  const shift = perColumn(plan.shift, nFeatures, () => (2 * random.uniform() - 1) * classSep)
  const scale = perColumn(plan.scale, nFeatures, () => 1 + 100 * random.uniform())
  forEachCell(nSamples, nFeatures, (i, j) => {
    const at = i * nFeatures + j
    table[at] = (table[at] + shift[j]) * scale[j]
  })

  const rows = plan.shuffle ? random.permutation(nSamples) : range(nSamples)
  const columns = plan.shuffle ? random.permutation(nFeatures) : range(nFeatures)
  return {
    X: Array.from(rows, (i) => Array.from(columns, (j) => table[i * nFeatures + j])),
    y: Array.from(rows, (i) => labels[i]),
  }
}

/** Makes a random box of the hypercube: first each vertex moves, then each axis. */
function stretch(centroids: number[][], random: RandomState): void {
  const byVertex = centroids.map(() => random.uniform())
  const byAxis = Array.from(centroids[0], () => random.uniform())
  for (const [k, centroid] of centroids.entries()) {
    for (const j of centroid.keys()) centroid[j] = centroid[j] * byVertex[k] * byAxis[j]
  }
}

/** Fills the columns from `first` up to `end` with normal deviates, row after row. */
function fillNormal(
  table: Float64Array,
  nColumns: number,
  first: number,
  end: number,
  random: RandomState,
): void {
  for (let start = 0; start < table.length; start += nColumns) {
    for (let j = first; j < end; j++) table[start + j] = random.standardNormal()
  }
}

/** Doubles uniform in [-1, 1). */
function drawSymmetric(count: number, random: RandomState): Float64Array {
  return Float64Array.from({ length: count }, () => 2 * random.uniform() - 1)
}

/** Chooses all rows first, then draws their classes: the order is part of the result. */
function flipLabels(
  labels: Uint32Array,
  share: number,
  nClasses: number,
  random: RandomState,
): void {
  const isFlipped = Array.from(labels, () => random.uniform() < share)
  for (const [i, flipped] of isFlipped.entries()) {
    if (flipped) labels[i] = random.randint(nClasses)
  }
}

function perColumn(
  value: number | readonly number[] | null,
  nColumns: number,
  draw: () => number,
): readonly number[] {
  if (value === null) return Array.from({ length: nColumns }, draw)
  return typeof value === 'number' ? Array.from({ length: nColumns }, () => value) : value
}

function forEachCell(nRows: number, nColumns: number, visit: (i: number, j: number) => void): void {
  for (let i = 0; i < nRows; i++) for (let j = 0; j < nColumns; j++) visit(i, j)
}

function range(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => i)
}
