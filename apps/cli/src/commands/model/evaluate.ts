import { loadConfig } from '@dsapi/config'
import type { Command } from 'commander'
import { wholeNumber } from '../../terminal/arguments.ts'
import { print, printJson, say } from '../../terminal/output.ts'
import { checkFolds } from './check-folds.ts'
import { crossValidate } from './cross-validate.ts'
import { drawEvaluation } from './draw-evaluation.ts'
import { addFitOptions, checkLabels, type FitArguments, toModelOptions } from './fit-options.ts'
import { readTrainingTable } from './training-table.ts'

const examples = `
Examples:
  $ dsapi model evaluate
  $ dsapi model evaluate --data iris.csv --label class --folds 10`

export const addEvaluate = (model: Command): void => {
  addFitOptions(model.command('evaluate'))
    .summary('score a model on rows that it has not seen')
    .description(
      'Fits and scores by stratified k-fold cross-validation, on the data table or a CSV file. Nothing is stored.',
    )
    .option('--folds <n>', 'in how many parts the rows are split', wholeNumber(2, 1000), 5)
    .option('--seed <n>', 'how the rows are dealt out', wholeNumber(0, 2 ** 32 - 1), 0)
    .option('--json', 'print the evaluation as JSON')
    .addHelpText('after', examples)
    .action(evaluate)
}

type EvaluateArguments = FitArguments & { readonly folds: number; readonly seed: number }

const evaluate = async (options: EvaluateArguments) => {
  const { database } = loadConfig()
  const rows = await readTrainingTable(database, options)
  await checkLabels(rows, options)
  checkFolds(rows.y, options.folds)
  const evaluation = crossValidate(rows, toModelOptions(options), {
    nSplits: options.folds,
    seed: options.seed,
  })
  if (options.json) return printJson(evaluation)
  say(
    `${rows.X.nRows} rows, each predicted by the fit of the ${options.folds - 1} folds without it\n`,
  )
  print(drawEvaluation(evaluation))
  if (evaluation.notConverged > 0) {
    say(
      `\nThe fits of ${evaluation.notConverged} of ${options.folds} folds did not reach the minimum: the scores are those of unfinished fits. Allow more steps: --max-iter`,
    )
  }
}
