/** A tensor that a run gave. */
export type ResultTensor = {
  readonly dims: readonly number[]
  readonly data: ArrayLike<unknown>
}

/** What a run gave, by the engine's names of the outputs. */
export type Results = ReadonlyMap<string, ResultTensor>

/** How many elements a tensor has for each row. */
export const widthOf = ({ dims }: ResultTensor): number =>
  dims.slice(1).reduce((product, size) => product * size, 1)

/** One row of zeros, run when a model is loaded: it shows what the file need not say. */
export type Trial =
  | { readonly ok: true; readonly results: Results }
  | { readonly ok: false; readonly message: string }
