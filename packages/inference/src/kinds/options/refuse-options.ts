import type { ModelOptions } from '../../model-options.ts'
import { ModelOptionsError } from '../model-options-error.ts'

/**
 * Refuses options that a kind of model does not have: one that is not used would be a mistake that nobody sees.
 *
 * @param kind the models, in words: `An XGBoost model`
 */
export const refuseOptions = (
  kind: string,
  options: ModelOptions,
  known: readonly (keyof ModelOptions)[],
): void => {
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || known.some((option) => option === name)) continue
    throw new ModelOptionsError(
      `${kind} has no option \`${name}\`. Its options: ${known.join(', ')}`,
    )
  }
}
