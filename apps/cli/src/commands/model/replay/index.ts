import { Argument, type Command } from 'commander'
import { modelVersion, wholeNumber } from '../../../terminal/arguments.ts'

const about = `
A difference is the largest one between the probabilities of a class, or the
relative one between values. Answers with another class, or with values more
than 1 % apart, are different answers. A feature that a request did not have
is missing for the version.

Examples:
  $ dsapi model replay churn@2
  $ dsapi model replay churn@2 --days 1 --json`

export const addReplay = (model: Command): void => {
  model
    .command('replay')
    .summary('answer logged requests again with a version')
    .description(
      'Has a version answer again what requests asked its model in the last days, and shows what would have changed. Needs a server that runs with DSAPI_PREDICTION_LOG=on. Slow predictions and batches are not included.',
    )
    .addArgument(
      new Argument('<version>', 'a version of a model, such as churn@2').argParser(modelVersion),
    )
    .option('--days <n>', 'number of days to look back', wholeNumber(1, 36_500), 7)
    .option(
      '--limit <n>',
      'number of predictions to read, newest first',
      wholeNumber(1, 1e9),
      100_000,
    )
    .option('--json', 'print the changes as JSON')
    .addHelpText('after', about)
    .action(async (version, options) => (await import('./replay.ts')).replay(version, options))
}
