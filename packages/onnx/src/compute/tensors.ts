/** A tensor that a run gave. */
export type ResultTensor = {
  readonly dims: readonly number[]
  readonly data: ArrayLike<unknown>
}

/** What a run gave, by the engine's names of the outputs. */
export type Results = ReadonlyMap<string, ResultTensor>

/** One row of zeros, run when a model is loaded: it shows what the file need not say. */
export type Trial =
  | { readonly ok: true; readonly results: Results }
  | { readonly ok: false; readonly message: string }
