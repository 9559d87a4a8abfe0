import { checkClassLabels, type Label } from '@dsapi/model'
import { CliError } from '../../../terminal/cli-error.ts'
import { say } from '../../../terminal/output.ts'
import { drawColumns } from '../tables/draw-columns.ts'
import { explainOption } from '../tables/explain-option.ts'
import type { TrainingTable } from '../tables/training-table.ts'
import type { SearchingArguments } from './fit-options.ts'
import { isPlain } from './table-estimator.ts'
import { findTask, type Task } from './task.ts'

/**
 * Checks that a table can be fitted, before the fit takes any time, and reports what was made of its columns and rows.
 *
 * @returns whether its labels are classes or numbers
 * @throws CliError when there is only one label, or the labels do not look like classes and no option says they are
 */
export const checkTask = async (
  table: TrainingTable,
  options: SearchingArguments,
): Promise<Task> => {
  const task = findTask(table, options)
  const column = `The label column ${JSON.stringify(table.label)}`
  const y = task === 'classification' ? table.labels.toClasses() : []
  const classes = new Set(y)
  if (classes.size === 1) {
    throw new CliError(
      `${column} has the one class ${y[0]} in all ${table.nRows} rows. Expected at least two classes`,
    )
  }
  if (task === 'classification' && !options.labelsAreClasses && options.task === undefined) {
    await explainOption(() => checkClassLabels(y, column))
  }
  if (options.data !== undefined && !options.json) {
    say(`${drawColumns(table, isPlain(table) && task === 'classification')}\n`)
  }
  if (!table.hasHeader) {
    say(
      'The first line looks like data, so columns are named by their positions. If it holds names: --trust-header.',
    )
  }
  if (table.nDropped > 0) say(droppedRows(table))
  if (task === 'regression') {
    say(
      `${column} has ${table.labels.nDistinct} different numbers, which are predicted as numbers. If they are classes: --labels-are-classes.`,
    )
  } else warnOfOddLabels(column, y, classes)
  return task
}

const droppedRows = ({ nDropped, nRows, droppedLabels }: TrainingTable) => {
  const words = droppedLabels.map((label) => JSON.stringify(label)).join(', ')
  const way = words === '' ? '' : ` (${words}). If such words are classes: --missing-labels keep`
  return `Left out ${nDropped} of ${nDropped + nRows} rows, which have no label${way}.`
}

/** More different whole numbers than this are probably not classes. */
const manyNumbers = 20

const warnOfOddLabels = (column: string, y: readonly Label[], classes: ReadonlySet<Label>) => {
  if (typeof y[0] === 'number') {
    if (classes.size <= manyNumbers) return
    say(`${column} has ${classes.size} different numbers. Each is fitted as a class of its own.`)
    return
  }
  const words = Array.from(classes).filter((label) => !Number.isFinite(Number(label)))
  const numbers = classes.size - words.length
  if (numbers < 2 || words.length >= numbers) return
  if (words.length === 0) {
    const odd = Array.from(classes).find((label) => String(Number(label)) !== label)
    say(
      `${column} has labels that are numbers only in part, such as ${JSON.stringify(odd)}: as numbers they would lose digits, or become the same. All are treated as text.`,
    )
    return
  }
  say(
    `${column} has ${numbers} labels that are numbers and ${words.length} that are not, such as ${JSON.stringify(words[0])}. All are treated as text.`,
  )
}
