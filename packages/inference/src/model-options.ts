import type { Label } from '@dsapi/model'
import type { Feature } from './model-info.ts'

/** What the file of a model cannot say. It is stored beside the file, and is a part of the version's hash. */
export type ModelOptions = {
  /** The names of the features, in the order of the file. */
  readonly features?: readonly string[]
  /** The types of some features, by their names, where the file does not have them. */
  readonly types?: Readonly<Record<string, Feature['type']>>
  /** Other names for some features: the name in the file, and the one that requests use. */
  readonly rename?: Readonly<Record<string, string>>
  /** The classes, in the order of the probabilities. */
  readonly classes?: readonly Label[]
  /** The names of the values, of a model that answers with several. */
  readonly outputs?: readonly string[]
  /** Of a model that can answer either. */
  readonly output?: 'probabilities' | 'margin'
  /** What is missing besides null: with `zero`, zeros too, as in a library that was trained on sparse rows. */
  readonly missing?: 'nan' | 'zero'
  /** After early stopping: the trees up to the best iteration, or all. */
  readonly trees?: 'best' | 'all'
  /** Which of several ONNX outputs is the answer. */
  readonly outputName?: string
}
