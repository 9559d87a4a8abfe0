import type { LogisticRegressionOptions } from '@dsapi/model'
import { type Command, Option } from 'commander'
import { numberThat, oneOf, wholeNumber } from '../../../terminal/arguments.ts'
import {
  addColumnOptions,
  addTableOptions,
  type ColumnOptions,
  type TableSource,
} from '../tables/table-options.ts'

const penalties = ['l2', 'l1', 'elasticnet', 'none'] as const

/** The options of commands that fit a model. */
export type FitArguments = TableSource &
  ColumnOptions & {
    readonly task?: 'classification' | 'regression'
    readonly labelsAreClasses?: true
    readonly C: number
    readonly penalty: (typeof penalties)[number]
    readonly l1Ratio: number
    readonly maxIter: number
    readonly tol: number
    readonly intercept: boolean
    readonly classWeight?: 'balanced'
    readonly balanced?: true
    readonly json?: true
  }

/** The same, where the C may be yet to be found. */
export type SearchingArguments = Omit<FitArguments, 'C'> & { readonly C: number | 'search' }

const positiveNumber = numberThat((value) => value > 0 && value < Infinity, 'a number above 0')
const share = numberThat((value) => value >= 0 && value <= 1, 'a number from 0 to 1')
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
    .option(
      '--C <number>',
      'inverse strength of the penalty, or search: the best by cross-validation',
      (text) => (text === 'search' ? text : positiveNumber(text)),
      1,
    )
    .addOption(
      new Option('--penalty <kind>', `penalty of the fit: ${penalties.join(', ')}`)
        .argParser(oneOf(...penalties))
        .default('l2', 'l2'),
    )
    .option('--l1-ratio <share>', 'share of l1 in the penalty elasticnet', share, 0.5)
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
  const { C, penalty, l1Ratio, maxIter, tol, intercept, classWeight, balanced } = options
  return {
    ...{ C, penalty, maxIter, tol },
    ...(penalty === 'elasticnet' && { l1Ratio }),
    fitIntercept: intercept,
    classWeight: balanced ? 'balanced' : classWeight,
  }
}
