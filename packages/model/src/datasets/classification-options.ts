import type { RandomSource } from '../random/random-state.ts'

/** What `makeClassification` draws: names, meaning and defaults are scikit-learn's. */
export interface MakeClassificationOptions {
  /** Rows; default 100. */
  readonly nSamples?: number | undefined
  /** Columns; default 20. Those that are neither informative, redundant nor repeated are noise. */
  readonly nFeatures?: number | undefined
  /** Columns that separate the classes; default 2. */
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
  readonly randomState?: RandomSource | null | undefined
}
