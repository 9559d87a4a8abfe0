/**
 * What the model's predictions are.
 *
 * - `classes`: probabilities, one a class. For two classes the library predicts that of the second.
 * - `values`: numbers, one an output.
 * - `margin`: the sum of the trees, untransformed, because what the library makes of it is not served; `reason` says why.
 */
export type Output =
  | { readonly kind: 'classes'; readonly classes: number }
  | { readonly kind: 'values' }
  | { readonly kind: 'margin'; readonly reason: string }
