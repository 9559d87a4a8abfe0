import { CliError } from '../../../terminal/cli-error.ts'
import type { TrainingTable } from '../tables/training-table.ts'
import type { FitArguments } from './fit-options.ts'

/** Whether a model predicts classes, or numbers. */
export type Task = 'classification' | 'regression'

/** So few different numbers are classes, or a mistake. */
const fewNumbers = 5
/** More different whole numbers than this are a quantity. Of fewer rows, a different number in most of them is enough. */
const manyNumbers = 20

/**
 * Finds out whether labels are classes or numbers to predict: what was asked for, or numbers where there are many different
 * ones.
 *
 * @throws CliError when numbers are asked for and the labels are none
 */
export const findTask = (
  { label, labels: { numbers, nDistinct } }: TrainingTable,
  { task, labelsAreClasses }: Pick<FitArguments, 'task' | 'labelsAreClasses'>,
): Task => {
  if (task === 'regression' && numbers === undefined) {
    throw new CliError(
      `The label column ${JSON.stringify(label)} has labels that are no numbers. Expected numbers for --task regression`,
    )
  }
  if (labelsAreClasses) return 'classification'
  if (task !== undefined) return task
  if (numbers === undefined || nDistinct <= fewNumbers) return 'classification'
  const isQuantity =
    nDistinct > manyNumbers ||
    nDistinct > numbers.length / 2 ||
    numbers.some((value) => !Number.isInteger(value))
  return isQuantity ? 'regression' : 'classification'
}
