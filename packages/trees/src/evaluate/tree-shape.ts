/** One tree as a file has it, brought to one form for both libraries; nodes are numbered as in the file. */
export interface TreeShape {
  readonly size: number
  /** Children; a left child below 0 makes the node a leaf. */
  readonly left: Int32Array
  readonly right: Int32Array
  readonly features: ArrayLike<number>
  /** For splits by number, what is below goes left; for those by category, the number of the set. */
  readonly thresholds: Float64Array
  /** 1 where missing values go left. */
  readonly missingLeft: Uint8Array
  readonly kinds: Uint8Array
  /** Values of leaves; with vector leaves, where they begin in `vectors`. */
  readonly leaves: ArrayLike<number>
  readonly vectors?: { readonly values: Float32Array; readonly width: number }
  readonly linear?: LinearTerms
}

/** Of the leaves of one tree, which are its last nodes, in their order. */
export interface LinearTerms {
  readonly constants: Float64Array
  /** Where the terms of each leaf begin, and at the end their number. */
  readonly starts: Int32Array
  readonly features: Int32Array
  readonly weights: Float64Array
}
