/** Rows as they are given: one after another, NaN for what is missing. */
export type Rows = Float32Array | Float64Array

/** Adds what a model says of some rows to margins, which hold where they start from. */
export interface Predictor {
  readonly addTo: (rows: Rows, count: number, margins: Float64Array) => void
}
