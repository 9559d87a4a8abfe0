import type { Label } from '@dsapi/model'
import { CliError } from '../../../terminal/cli-error.ts'
import { say } from '../../../terminal/output.ts'

/**
 * Checks that rows can be split into folds, each with several classes to learn from.
 *
 * @throws CliError when there are more folds than rows of the largest class, or one class of two has one row only
 */
export const checkFolds = (y: readonly Label[], folds: number): void => {
  const counts = new Map<Label, number>()
  for (const label of y) counts.set(label, (counts.get(label) ?? 0) + 1)
  const bySize = Array.from(counts).sort(([, a], [, b]) => a - b)
  const [smallest, fewest] = bySize[0]
  const [largest, most] = bySize[bySize.length - 1]
  if (folds > most) {
    const remedy = most < 2 ? 'Give more rows of each class' : `Ask for fewer: --folds ${most}`
    throw new CliError(
      `There are too few rows for ${folds} folds: the largest class, ${largest}, has ${rowsOf(most)}. ${remedy}`,
    )
  }
  if (counts.size === 2 && fewest === 1) {
    throw new CliError(
      `The class ${smallest} has only one row: the fold with this row would be predicted by a fit to the class ${largest} alone. Give at least two rows of each class`,
    )
  }
  if (fewest < folds) {
    say(
      `The class ${smallest} has ${rowsOf(fewest)}: some of the ${folds} folds have no row of it.`,
    )
  }
}

const rowsOf = (n: number) => (n === 1 ? '1 row' : `${n} rows`)
