import { LogisticRegression, type SearchCResult, searchC } from '@dsapi/model'
import { bar } from '../../../terminal/bar.ts'
import { UsageError } from '../../../terminal/cli-error.ts'
import { table as drawTable, say } from '../../../terminal/output.ts'
import type { TrainingTable } from '../tables/training-table.ts'
import { type FitArguments, type SearchingArguments, toModelOptions } from './fit-options.ts'
import { inFolds } from './in-folds.ts'
import { classifierPipeline, isPlain, toFrame, toMatrix } from './table-estimator.ts'
import type { Task } from './task.ts'

/** What was found, and the options with it. */
type Searched = { readonly options: FitArguments; readonly search?: SearchCResult }

/**
 * Finds the C where it is searched, and draws the curve of the log loss.
 *
 * @throws UsageError where there is nothing to search
 */
export const findC = (table: TrainingTable, task: Task, given: SearchingArguments): Searched => {
  const { C } = given
  if (C !== 'search') return { options: { ...given, C } }
  if (task === 'regression') {
    throw new UsageError(
      '--C search is for classes, and these labels are numbers: give --C a number',
    )
  }
  if (given.penalty === 'none') {
    throw new UsageError('--C search needs a penalty, and --penalty is none')
  }
  const y = table.labels.toClasses()
  const optionsOf = (value: number): FitArguments => ({ ...given, C: value })
  const cv = inFolds(y)
  const settings = { cv, scoring: 'neg_log_loss', sampleWeight: table.weights } as const
  const search = isPlain(table)
    ? searchC(
        (c) => new LogisticRegression(toModelOptions(optionsOf(c))),
        toMatrix(table),
        y,
        settings,
      )
    : searchC((c) => classifierPipeline(table, optionsOf(c), 'ignore'), toFrame(table), y, settings)
  if (given.json !== true) say(`${drawCurve(search, cv.length)}\n`)
  return { options: optionsOf(search.C), search }
}

const drawCurve = ({ C, oneStandardErrorC, curve }: SearchCResult, nFolds: number): string => {
  const losses = curve.map(({ mean }) => -mean)
  const [least, most] = [Math.min(...losses), Math.max(...losses)]
  const lines = curve.map((point, i) => {
    const height = most > least ? (losses[i] - least) / (most - least) : 0
    const isSimplest = point.C === oneStandardErrorC && point.C !== C
    return [
      point.C.toPrecision(3),
      losses[i].toFixed(4),
      `± ${point.standardError.toFixed(4)}`,
      `${bar(height)}${point.C === C ? '◀ least' : isSimplest ? '◀ within one standard error' : ''}`,
    ]
  })
  return `${drawTable(['C', 'LOG LOSS', '', ''], lines)}\n\nThe log loss is the mean of ${nFolds} folds. C is ${C}.`
}
