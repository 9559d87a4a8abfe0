import { type Batch, InputError, type ModelInfo } from '@dsapi/inference'
import type { NumberLimits } from './describe/number-limits.ts'

/**
 * Looks at the numbers of a batch before an engine gets them: in a smaller type they would become others without a word.
 *
 * @throws InputError that names the row and the feature
 */
export const createNumberCheck = (
  { features }: Pick<ModelInfo, 'features'>,
  limits: readonly NumberLimits[],
): ((batch: Batch) => void) => {
  const names = features.filter(({ type }) => type !== 'text').map(({ name }) => name)
  return ({ numbers }) => {
    for (let at = 0; at < numbers.length; at += limits.length) {
      for (let column = 0; column < limits.length; column++) {
        const number = numbers[at + column]
        const { least, most, isInteger } = limits[column]
        if (number >= least && number <= most && (!isInteger || Number.isInteger(number))) continue
        if (Number.isNaN(number) && !isInteger) continue
        const row = at / limits.length
        throw new InputError(
          `Row ${row + 1}: the feature '${names[column]}' is ${number}; expected ` +
            `${isInteger ? 'a whole number' : 'a number'} from ${least} to ${most}`,
        )
      }
    }
  }
}
