import { loadConfig } from '@dsapi/config'
import { print, printJson, say } from '../../../terminal/output.ts'
import { checkTask } from '../fit/check-task.ts'
import type { FitArguments, SearchingArguments } from '../fit/fit-options.ts'
import { findC } from '../fit/search-c.ts'
import type { Task } from '../fit/task.ts'
import { describeColumns } from '../tables/draw-columns.ts'
import { readTrainingTable, type TrainingTable } from '../tables/training-table.ts'
import { checkFolds } from './check-folds.ts'
import { crossValidate } from './cross-validate.ts'
import { crossValidateRegression } from './cross-validate-regression.ts'
import { drawEvaluation } from './draw-evaluation.ts'
import { drawRegression } from './draw-regression.ts'
import { drawImportance, importanceOf } from './importance.ts'

type EvaluateArguments = FitArguments & Folds

type Folds = { readonly folds: number; readonly seed: number; readonly importance?: true }

export const evaluate = async (given: SearchingArguments & Folds): Promise<void> => {
  const { database } = loadConfig()
  const table = await readTrainingTable(database, given)
  const task = await checkTask(table, given)
  const options = { ...given, ...findC(table, task, given).options }
  if (task === 'regression') evaluateRegression(table, options)
  else evaluateClassification(table, options)
}

const evaluateRegression = (table: TrainingTable, options: EvaluateArguments) => {
  const evaluation = crossValidateRegression(table, options, foldsOf(options))
  const importance = importanceFor(table, 'regression', options)
  if (options.json) {
    const { scores } = evaluation
    const columns = describeColumns(table)
    printJson({ task: 'regression', rows: table.nRows, scores, importance, columns })
    return
  }
  sayRows(table, options)
  print(drawRegression(evaluation))
  if (importance !== undefined) print(`\n${drawImportance(importance)}`)
}

const evaluateClassification = (table: TrainingTable, options: EvaluateArguments) => {
  checkFolds(table.labels.toClasses(), options.folds)
  const evaluation = crossValidate(table, options, foldsOf(options))
  const importance = importanceFor(table, 'classification', options)
  if (options.json) {
    const about = { task: 'classification', rows: table.nRows, columns: describeColumns(table) }
    printJson({ ...evaluation, importance, ...about })
    return
  }
  sayRows(table, options)
  print(drawEvaluation(evaluation))
  if (importance !== undefined) print(`\n${drawImportance(importance)}`)
  if (evaluation.notConverged > 0) {
    say(
      `\nThe fits of ${evaluation.notConverged} of ${options.folds} folds did not converge: the scores are those of unfinished fits. Allow more steps: --max-iter`,
    )
  }
}

const importanceFor = (table: TrainingTable, task: Task, options: EvaluateArguments) =>
  options.importance && importanceOf(table, task, options, foldsOf(options))

const foldsOf = ({ folds, seed }: EvaluateArguments) => ({ nSplits: folds, seed })

const sayRows = ({ nRows }: TrainingTable, { folds }: EvaluateArguments) =>
  say(`${nRows} rows, each predicted by a fit to the ${folds - 1} folds without it\n`)
