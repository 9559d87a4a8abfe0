/** How one input of the model is made of a batch. */
export type InputPlan = {
  readonly name: string
  /** `float32`, `int64`, `string` …, as onnxruntime has them. */
  readonly elementType: string
  /** 1 for one number a row, 2 for a row of columns. */
  readonly axes: 1 | 2
  /** How many features it takes. */
  readonly width: number
}
