import type { Label } from '@dsapi/inference'

/** How the answer to a batch is made of what a run gives. */
export type OutputPlan =
  | {
      readonly type: 'classes'
      readonly classes: readonly Label[]
      /** The output that names the class of each row, and the classes by the names that it uses. */
      readonly label?: { readonly tensor: string; readonly classes: readonly Label[] }
      /** One output of probabilities, or one for each class. */
      readonly scores: readonly string[]
      /** Whether the one column is the probability of the second of two classes. */
      readonly isSecondOfTwo: boolean
      readonly warnings: readonly string[]
    }
  | {
      readonly type: 'values'
      readonly outputs: readonly { readonly tensor: string; readonly width: number }[]
      /** What each value of a row is called. */
      readonly names: readonly string[]
      readonly warnings: readonly string[]
    }
