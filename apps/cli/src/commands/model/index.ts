import type { Command } from 'commander'
import { wholeNumber } from '../../terminal/arguments.ts'
import { addFitOptions } from './fit-options.ts'
import { aboutDrift, aboutImport } from './help.ts'
import { addTableOptions } from './table-options.ts'

const examples = `
Examples:
  $ dsapi model fit --data iris.csv --label class
  $ dsapi model show
  $ dsapi model evaluate
  $ dsapi model drift`

const fitExamples = `
Examples:
  $ dsapi model fit
  $ dsapi model fit --data iris.csv --label class
  $ dsapi model fit --data wine.csv --label quality --separator ";" --balanced`

const showExamples = `
Examples:
  $ dsapi model show
  $ dsapi model show --version 2 --json > model.json`

const evaluateExamples = `
Examples:
  $ dsapi model evaluate
  $ dsapi model evaluate --data iris.csv --label class --folds 10`

export const addModel = (program: Command): void => {
  const model = program
    .command('model')
    .summary('fit, show, evaluate and import models; detect drift')
    .description(
      'Fits, shows, evaluates and imports models; detects drift between requests and training data.',
    )
    .addHelpText('after', examples)

  addFitOptions(model.command('fit'))
    .summary('fit a model and serve it')
    .description(
      'Fits a model to the data table or to a CSV file and stores it as the newest version. Running servers and workers load it within seconds.',
    )
    .option('--json', 'print the version and how the fit ended as JSON')
    .addHelpText('after', fitExamples)
    .action(async (options) => (await import('./fit.ts')).fit(options))

  model
    .command('show')
    .summary('show a model')
    .description('Shows the model that is served, or an earlier version.')
    .option(
      '--version <n>',
      'an earlier version (default: the served one)',
      wholeNumber(1, Number.MAX_SAFE_INTEGER),
    )
    .option('--json', 'print the model as JSON, as dsapi model import reads it')
    .addHelpText('after', showExamples)
    .action(async (options) => (await import('./show.ts')).show(options))

  addFitOptions(model.command('evaluate'))
    .summary('evaluate a model by cross-validation')
    .description(
      'Fits and scores a model by stratified k-fold cross-validation, on the data table or a CSV file. Nothing is stored.',
    )
    .option('--folds <n>', 'number of folds', wholeNumber(2, 1000), 5)
    .option('--seed <n>', 'seed of the random folds', wholeNumber(0, 2 ** 32 - 1), 0)
    .option('--json', 'print the evaluation as JSON')
    .addHelpText('after', evaluateExamples)
    .action(async (options) => (await import('./evaluate.ts')).evaluate(options))

  addTableOptions(model.command('drift'))
    .summary('compare recent requests with the training data')
    .description(
      'Compares the features of recent predictions with the training data: the data table, or a CSV file. Needs a server that runs with DSAPI_PREDICTION_LOG=on. Slow predictions and batches are not included.',
    )
    .option('--days <n>', 'number of days to look back', wholeNumber(1, 36_500), 7)
    .option(
      '--limit <n>',
      'number of predictions to read, newest first',
      wholeNumber(1, 1e9),
      100_000,
    )
    .option('--json', 'print the comparison as JSON')
    .addHelpText('after', aboutDrift)
    .action(async (options) => (await import('./drift.ts')).drift(options))

  model
    .command('import <file>')
    .summary('import a model that was fitted elsewhere, and serve it')
    .description(
      'Stores a model from a JSON file as the newest version. The file is the output of dsapi model show --json, or a logistic regression from scikit-learn.',
    )
    .option('--json', 'print the version and what was checked as JSON')
    .addHelpText('after', aboutImport)
    .action(async (file, options) =>
      (await import('./import-model.ts')).storeImported(file, options),
    )
}
