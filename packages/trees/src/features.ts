import { quoteText } from './quote-text.ts'

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

/** A warning if two features have one name, so that rows by name would be ambiguous. */
export function warnOfDuplicates(names: readonly string[]): readonly string[] {
  const seen = new Set<string>()
  for (const name of names) {
    if (seen.has(name)) {
      return [
        `Several features are named ${quoteText(name)}: their values can be given by position only.`,
      ]
    }
    seen.add(name)
  }
  return []
}
