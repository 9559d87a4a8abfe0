import { blasProduct } from '../arithmetic/blas-product.ts'
import type { RandomState } from '../random/random-state.ts'
import type { ClassificationPlan } from './check-classification-options.ts'
import { clusterSizes } from './cluster-sizes.ts'
import { hypercubeVertices } from './hypercube.ts'

// The steps of `make_classification` of scikit-learn, in its order. Each works on a row-major table
// whose columns are, from the left: informative, redundant, repeated, noise.

/** Draws the informative columns, cluster after cluster, and gives the class of each row. */
export function drawClusters(
  table: Float64Array,
  plan: ClassificationPlan,
  random: RandomState,
): Uint32Array {
  const { nSamples, nFeatures, nInformative, nClasses } = plan
  const labels = new Uint32Array(nSamples)
  const sizes = clusterSizes(plan)
  const centroids = drawCentroids(sizes.length, plan, random)
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
  return labels
}

/** Makes the redundant columns: random linear combinations of the informative ones. */
export function combineFeatures(
  table: Float64Array,
  { nSamples, nFeatures, nInformative, nRedundant }: ClassificationPlan,
  random: RandomState,
): void {
  if (nRedundant === 0) return
  const mixing = drawSymmetric(nInformative * nRedundant, random)
  const block = { data: table, start: 0, stride: nFeatures, nRows: nSamples }
  const mixed = blasProduct(block, nInformative, mixing)
  forEachCell(nSamples, nRedundant, (i, j) => {
    table[i * nFeatures + nInformative + j] = mixed[i * nRedundant + j]
  })
}

/** Copies random informative or redundant columns. */
export function repeatFeatures(
  table: Float64Array,
  { nSamples, nFeatures, nInformative, nRedundant, nRepeated }: ClassificationPlan,
  random: RandomState,
): void {
  const nOriginal = nInformative + nRedundant
  const originals = Array.from({ length: nRepeated }, () =>
    Math.floor((nOriginal - 1) * random.uniform() + 0.5),
  )
  forEachCell(nSamples, nRepeated, (i, j) => {
    table[i * nFeatures + nOriginal + j] = table[i * nFeatures + originals[j]]
  })
}

/** Fills the columns that carry no information about the class. */
export function fillNoise(
  table: Float64Array,
  { nFeatures, nInformative, nRedundant, nRepeated }: ClassificationPlan,
  random: RandomState,
): void {
  fillNormal(table, nFeatures, nInformative + nRedundant + nRepeated, nFeatures, random)
}

/** Chooses a share of the rows, and only then draws their classes anew. */
export function flipLabels(
  labels: Uint32Array,
  { flipY, nClasses }: ClassificationPlan,
  random: RandomState,
): void {
  if (flipY < 0) return
  const isFlipped = Array.from(labels, () => random.uniform() < flipY)
  for (const [i, flipped] of isFlipped.entries()) {
    if (flipped) labels[i] = random.randint(nClasses)
  }
}

/** Shifts each column, then scales it. */
export function shiftAndScale(
  table: Float64Array,
  { nSamples, nFeatures, classSep, ...plan }: ClassificationPlan,
  random: RandomState,
): void {
  const shift = perColumn(plan.shift, nFeatures, () => (2 * random.uniform() - 1) * classSep)
  const scale = perColumn(plan.scale, nFeatures, () => 1 + 100 * random.uniform())
  forEachCell(nSamples, nFeatures, (i, j) => {
    const at = i * nFeatures + j
    table[at] = (table[at] + shift[j]) * scale[j]
  })
}

/** Vertices of a cube of side 2 * classSep; without `hypercube`, of a box that is random. */
function drawCentroids(count: number, plan: ClassificationPlan, random: RandomState): number[][] {
  const { nInformative, classSep, hypercube } = plan
  const centroids = hypercubeVertices(count, nInformative, random).map((vertex) =>
    vertex.map((bit) => bit * (2 * classSep) - classSep),
  )
  if (hypercube) return centroids
  const byVertex = centroids.map(() => random.uniform())
  const byAxis = Array.from({ length: nInformative }, () => random.uniform())
  return centroids.map((centroid, k) => centroid.map((value, j) => value * byVertex[k] * byAxis[j]))
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
