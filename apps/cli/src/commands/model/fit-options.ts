import { checkClassLabels, type LogisticRegressionOptions, type Table } from '@dsapi/model'
import { type Command, InvalidArgumentError } from 'commander'
import { wholeNumber } from '../../terminal/arguments.ts'
import { CliError } from '../../terminal/cli-error.ts'
import { say } from '../../terminal/output.ts'
import { explainOption } from './explain-option.ts'
import { addTableOptions, type TableSource } from './table-options.ts'

/** What the commands that fit have in common. */
export type FitArguments = TableSource & {
  readonly labelsAreClasses?: true
  readonly C: number
  readonly penalty: 'l2' | 'none'
  readonly maxIter: number
  readonly tol: number
  readonly intercept: boolean
  readonly classWeight?: 'balanced'
  readonly balanced?: true
  readonly json?: true
}

/** Reads a number that a person would write, within bounds. */
const numberThat = (isAllowed: (value: number) => boolean, expected: string) => (text: string) => {
  const value = /^[+-]?[\d.]{1,400}(?:e[+-]?\d{1,4})?$/i.test(text) ? Number(text) : Number.NaN
  if (isAllowed(value)) return value
  throw new InvalidArgumentError(`It must be ${expected}.`)
}

const oneOf =
  <T extends string>(...choices: readonly T[]) =>
  (text: string): T => {
    const choice = choices.find((known) => known === text)
    if (choice !== undefined) return choice
    throw new InvalidArgumentError(`It must be ${choices.join(' or ')}.`)
  }

const positiveNumber = numberThat((value) => value > 0 && value < Infinity, 'a number above 0')
const tolerance = numberThat((value) => value >= 0 && value < 1, 'a number from 0 to below 1')

export const addFitOptions = (command: Command): Command =>
  addTableOptions(command)
    .option(
      '--labels-are-classes',
      'take labels for classes even if they look like a quantity or an ID',
    )
    .option('--C <number>', 'inverse strength of the L2 penalty', positiveNumber, 1)
    .option('--penalty <kind>', 'l2 or none', oneOf('l2', 'none'), 'l2')
    .option('--max-iter <n>', 'after so many steps the fit gives up', wholeNumber(0, 1e6), 100)
    .option('--tol <number>', 'how close to the minimum the fit ends', tolerance, 1e-12)
    .option('--no-intercept', 'fit no intercept')
    .option(
      '--class-weight <kind>',
      'balanced: weigh rows as if all classes had the same number of them',
      oneOf('balanced'),
    )
    .option('--balanced', 'the same as --class-weight balanced')

export const toModelOptions = (options: FitArguments): LogisticRegressionOptions => {
  const { C, penalty, maxIter, tol, intercept, classWeight, balanced } = options
  return {
    ...{ C, penalty, maxIter, tol },
    fitIntercept: intercept,
    classWeight: balanced ? 'balanced' : classWeight,
  }
}

/**
 * Makes sure that a table can be fitted, before that takes any time.
 *
 * @throws CliError when there is one class only, or the labels look like no classes and nobody has said they are
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
  sayWhatIsOdd(column, y, classes)
}

/** More different whole numbers are probably no classes, however many rows each has. */
const manyNumbers = 20

const sayWhatIsOdd = (column: string, y: Table['y'], classes: ReadonlySet<Table['y'][number]>) => {
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
      `${column} has labels that are numbers only in part, such as ${JSON.stringify(odd)}: as numbers they would lose digits, or become the same. All are taken for text.`,
    )
    return
  }
  say(
    `${column} has ${numbers} labels that are numbers and ${words.length} that are not, such as ${JSON.stringify(words[0])}. All are taken for text.`,
  )
}
