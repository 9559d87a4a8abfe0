/** A category as it was before it became a number. */
export type Category = string | number | boolean

export interface Feature {
  /** As in the file; `f0`, `f1`, … or `Column_0`, … where the library was given no names. */
  readonly name: string
  readonly type: 'number' | 'integer' | 'boolean' | 'category'
  /** In the order of their codes, where the file names them: category i is given to the model as the number i. */
  readonly categories?: readonly Category[]
}

/** More than any model is served with; a damaged count of features would cost memory for each. */
export const MAX_FEATURES = 1_000_000
