import { type CoefficientTable, coefficientTable, FittedPipeline } from '@dsapi/model'
import { UsageError } from '../../../terminal/cli-error.ts'
import { table as drawTable } from '../../../terminal/output.ts'
import type { TrainingTable } from '../tables/training-table.ts'
import type { FitArguments } from './fit-options.ts'
import type { FittedTable } from './fit-table.ts'
import { toFrame, toMatrix } from './table-estimator.ts'

/**
 * Standard errors and p-values of the coefficients that were fitted.
 *
 * @throws UsageError where there is a penalty; ModelError where there are none, as of columns that depend on each other
 */
export const summaryOf = (
  table: TrainingTable,
  model: FittedTable['model'],
  file: FittedTable['file'],
  { penalty, intercept: fitIntercept, classWeight, balanced }: FitArguments,
): CoefficientTable => {
  if (penalty !== 'none' || classWeight !== undefined || balanced) {
    throw new UsageError('--summary needs --penalty none, and no weights of classes')
  }
  const X = file instanceof FittedPipeline ? file.transform(toFrame(table)) : toMatrix(table)
  const y = 'classes' in model ? table.labels.toClasses() : (table.labels.numbers ?? [])
  return coefficientTable(model, X, y, { sampleWeight: table.weights, fitIntercept })
}

/** Draws it for a terminal. */
export const drawSummary = ({ coefficients, statistic, warnings }: CoefficientTable): string => {
  const isOfMany = new Set(coefficients.map((row) => row.class)).size > 1
  const isOfClasses = statistic === 'z'
  const heads = ['COEFFICIENT', '', 'STD ERROR', statistic.toUpperCase(), 'P', '95 % FROM', 'TO']
  const lines = coefficients.map((row) => [
    isOfMany ? `${row.name}, ${row.class}` : row.name,
    digits(row.coef),
    digits(row.standardError),
    row.statistic.toFixed(3),
    row.pValue < 1e-4 ? '< 0.0001' : row.pValue.toFixed(4),
    ...row.confidenceInterval.map(digits),
    ...(isOfClasses ? [digits(row.oddsRatio ?? Number.NaN)] : []),
  ])
  const drawn = drawTable(isOfClasses ? [...heads, 'ODDS RATIO'] : heads, lines)
  return [drawn, ...warnings].join('\n\n')
}

const digits = (value: number) => String(Number(value.toPrecision(5)))
