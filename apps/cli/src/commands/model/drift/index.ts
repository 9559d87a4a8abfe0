import type { Command } from 'commander'
import { modelName, wholeNumber } from '../../../terminal/arguments.ts'
import { addTableOptions } from '../tables/table-options.ts'

const about = `
PSI is the population stability index, over the deciles of the training data:
  stable    below 0.1
  moderate  from 0.1 to 0.25: look into it
  shifted   above 0.25: the requests differ from the training data
  unclear   0.1 or more, but within what chance alone gives for so few rows
BY CHANCE is the value that the index stays below in 95 of 100 cases when
nothing has changed. It is higher for fewer rows.

Examples:
  $ DSAPI_PREDICTION_LOG=on dsapi serve
  $ dsapi model drift
  $ dsapi model drift --days 1 --data iris.csv --label class --json
  $ dsapi model drift --name churn --data train.csv --label churned`

export const addDrift = (model: Command): void => {
  addTableOptions(model.command('drift'))
    .summary('compare recent requests with the training data')
    .description(
      'Compares the features of recent predictions with the training data: the data table, or a CSV file. Needs a server that runs with DSAPI_PREDICTION_LOG=on. Slow predictions and batches are not included.',
    )
    .option('--name <name>', 'the name of the model', modelName, 'default')
    .option('--days <n>', 'number of days to look back', wholeNumber(1, 36_500), 7)
    .option(
      '--limit <n>',
      'number of predictions to read, newest first',
      wholeNumber(1, 1e9),
      100_000,
    )
    .option('--json', 'print the comparison as JSON')
    .addHelpText('after', about)
    .action(async (options) => (await import('./drift.ts')).drift(options))
}
