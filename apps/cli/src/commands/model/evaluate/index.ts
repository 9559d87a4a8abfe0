import type { Command } from 'commander'
import { modelReference, wholeNumber } from '../../../terminal/arguments.ts'
import { UsageError } from '../../../terminal/cli-error.ts'
import { addFitOptions } from '../fit/fit-options.ts'

const examples = `
Examples:
  $ dsapi model evaluate
  $ dsapi model evaluate --data iris.csv --label class --folds 10
  $ dsapi model evaluate --name churn --data test.csv --label churned
  $ dsapi model evaluate --name churn@2 --data test.csv --label churned --json
  $ dsapi model evaluate --name churn@2 --data test.csv --label churned --store`

export const addEvaluate = (model: Command): void => {
  addFitOptions(model.command('evaluate'))
    .summary('evaluate a model by cross-validation, or one that is stored')
    .description(
      'Fits and scores a model by stratified k-fold cross-validation, on the data table or a CSV file. With --name it fits nothing, and scores the answers of a stored model to the rows of a CSV file. Nothing is stored, except with --store.',
    )
    .option('--folds <n>', 'number of folds', wholeNumber(2, 1000), 5)
    .option('--seed <n>', 'seed of the random folds', wholeNumber(0, 2 ** 32 - 1), 0)
    .option(
      '--importance',
      'print how much the score of the first fold depends on each column: five shuffles of its values',
    )
    .option(
      '--name <model>',
      'a stored model of any kind: the served version of churn, or churn@2',
      modelReference,
    )
    .option('--model <model>', 'the same as --name', modelReference)
    .option('--store', 'store the evaluation with the version that --name names')
    .option('--json', 'print the evaluation as JSON')
    .addHelpText('after', examples)
    .action(async (options) => {
      const name = options.name ?? options.model
      if (name === undefined && options.store) {
        throw new UsageError('--store needs --name, the version that was evaluated')
      }
      if (name === undefined) return (await import('./evaluate.ts')).evaluate(options)
      return (await import('./evaluate-stored.ts')).evaluateStored({ ...options, name })
    })
}
