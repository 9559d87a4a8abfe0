import type { Label } from '@dsapi/model'

/** What a model asks of a row. */
export type Feature = {
  readonly name: string
  readonly type: 'number' | 'integer' | 'boolean' | 'text'
  /** Whether its value may be missing. */
  readonly nullable: boolean
  /** The only values that it has, where they are known. */
  readonly categories?: readonly (string | number)[]
}

/** What a model answers: one of some classes, or numbers. */
export type Output =
  | {
      readonly type: 'classes'
      readonly classes: readonly Label[]
      /** The probability from which the second of two classes is answered; without it, the likelier one is. */
      readonly threshold?: number
    }
  | { readonly type: 'values'; readonly names: readonly string[] }

/** What is known of a model, whatever its kind. */
export type ModelInfo = {
  /** How its file is written, such as `dsapi-logistic-regression`. */
  readonly format: string
  /** What made it, where the file names that. */
  readonly producer?: string
  /** How exact its numbers are. */
  readonly precision: 'float64' | 'float32'
  readonly features: readonly Feature[]
  /** The names of the features, in their order. */
  readonly featureNames: readonly string[]
  readonly output: Output
  /** What the person who adds the model ought to know. */
  readonly warnings?: readonly string[]
}

/** The classes of a model; none where it answers with values. */
export const classesOf = ({ output }: ModelInfo): readonly Label[] =>
  output.type === 'classes' ? output.classes : []
