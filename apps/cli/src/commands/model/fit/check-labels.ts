import { checkClassLabels, type Table } from '@dsapi/model'
import { CliError } from '../../../terminal/cli-error.ts'
import { say } from '../../../terminal/output.ts'
import { explainOption } from '../tables/explain-option.ts'
import type { FitArguments } from './fit-options.ts'

/**
 * Checks that a table can be fitted, before the fit takes any time.
 *
 * @throws CliError when there is only one class, or the labels do not look like classes and no option says they are
 */
export const checkLabels = async ({ y }: Table, options: FitArguments): Promise<void> => {
  const name = options.label === undefined ? 'class' : options.label.trim()
  const column = `The label column ${JSON.stringify(name)}`
  const classes = new Set(y)
  if (classes.size === 1) {
    const [only] = classes
    throw new CliError(
      `${column} has the one class ${only} in all ${y.length} rows. Expected at least two classes`,
    )
  }
  if (!options.labelsAreClasses) await explainOption(() => checkClassLabels(y, column))
  warnOfOddLabels(column, y, classes)
}

/** More different whole numbers than this are probably not classes. */
const manyNumbers = 20

const warnOfOddLabels = (
  column: string,
  y: Table['y'],
  classes: ReadonlySet<Table['y'][number]>,
) => {
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
