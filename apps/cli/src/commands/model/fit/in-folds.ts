import { type Label, stratifiedKFold } from '@dsapi/model'
import { CliError } from '../../../terminal/cli-error.ts'

const mostFolds = 5

/**
 * Splits rows into five folds, or as many as there are rows of the smallest class. Always the same ones.
 *
 * @throws CliError when a class has one row only
 */
export const inFolds = (y: readonly Label[]): ReturnType<typeof stratifiedKFold> => {
  const counts = new Map<Label, number>()
  for (const label of y) counts.set(label, (counts.get(label) ?? 0) + 1)
  const nSplits = Math.min(mostFolds, ...counts.values())
  const rare = [...counts].find(([, count]) => count < 2)
  if (rare === undefined) return stratifiedKFold(y, { nSplits, shuffle: true, randomState: 0 })
  throw new CliError(
    `The class ${rare[0]} has only one row, so cross-validation is not possible. Give at least two rows of each class`,
  )
}
