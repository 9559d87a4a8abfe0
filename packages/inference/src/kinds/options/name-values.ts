import type { ModelOptions } from '../../model-options.ts'
import { ModelOptionsError } from '../model-options-error.ts'

/**
 * The names of the values that a model answers with: those of the option `outputs`, else the usual one, numbered where
 * there are several.
 *
 * @throws ModelOptionsError when the option has another number of names, or one twice
 */
export const nameValues = (
  usual: string,
  count: number,
  { outputs }: Pick<ModelOptions, 'outputs'>,
): readonly string[] => {
  if (outputs === undefined) {
    return count === 1 ? [usual] : Array.from({ length: count }, (_, k) => `${usual}_${k}`)
  }
  if (outputs.length === count && new Set(outputs).size === count) return outputs
  throw new ModelOptionsError(
    `The model answers with ${count} values, but the option \`outputs\` names ${new Set(outputs).size} different ones`,
  )
}
