import type { LogisticRegressionOptions } from '@dsapi/model'
import { type Command, Option } from 'commander'
import { numberThat, oneOf, wholeNumber } from '../../../terminal/arguments.ts'
import {
  addColumnOptions,
  addTableOptions,
  type ColumnOptions,
  type TableSource,
} from '../tables/table-options.ts'

/** The options of commands that fit a model. */
export type FitArguments = TableSource &
  ColumnOptions & {
    readonly task?: 'classification' | 'regression'
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

const positiveNumber = numberThat((value) => value > 0 && value < Infinity, 'a number above 0')
const tolerance = numberThat((value) => value >= 0 && value < 1, 'a number from 0 to below 1')

export const addFitOptions = (command: Command): Command =>
  addColumnOptions(addTableOptions(command))
    .option(
      '--task <kind>',
      'classification or regression (default: regression for labels that are many different numbers)',
      oneOf('classification', 'regression'),
    )
    .option(
      '--labels-are-classes',
      'treat labels as classes even if they look like a quantity or an ID',
    )
    .option('--C <number>', 'inverse strength of the L2 penalty', positiveNumber, 1)
    .addOption(
      new Option('--penalty <kind>', 'penalty of the fit: l2 or none')
        .argParser(oneOf('l2', 'none'))
        .default('l2', 'l2'),
    )
    .option('--max-iter <n>', 'maximum number of steps of the fit', wholeNumber(0, 1e6), 100)
    .option('--tol <number>', 'tolerance: how close to the minimum the fit stops', tolerance, 1e-12)
    .option('--no-intercept', 'fit no intercept')
    .option(
      '--class-weight <kind>',
      'balanced: weight rows as if all classes were equally frequent',
      oneOf('balanced'),
    )
    .option('--balanced', 'short for --class-weight balanced')

export const toModelOptions = (options: FitArguments): LogisticRegressionOptions => {
  const { C, penalty, maxIter, tol, intercept, classWeight, balanced } = options
  return {
    ...{ C, penalty, maxIter, tol },
    fitIntercept: intercept,
    classWeight: balanced ? 'balanced' : classWeight,
  }
}
