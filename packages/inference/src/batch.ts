/**
 * Rows for a model in typed form: no row is an object. A feature is a number or a text; among those of its sort it has
 * the place that it has in the model's order.
 */
export type Batch = {
  readonly nRows: number
  /** The numeric features, row after row; NaN stands for a missing value. */
  readonly numbers: Float64Array<ArrayBuffer> | Float32Array<ArrayBuffer>
  /** The features of text, each a column; null stands for a missing value. */
  readonly texts: readonly (readonly (string | null)[])[]
}

/** A batch of rows that have numbers alone. */
export const batchOfNumbers = (numbers: Batch['numbers'], width: number): Batch => ({
  nRows: numbers.length / width,
  numbers,
  texts: [],
})
