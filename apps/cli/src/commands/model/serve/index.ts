import { Argument, type Command, Option } from 'commander'
import { modelName, modelVersion, percentage } from '../../../terminal/arguments.ts'

const serveExamples = `
Examples:
  $ dsapi model serve churn@3
  $ dsapi model serve churn@3 --canary 10%
  $ dsapi model serve churn@3 --canary 0%
  $ dsapi model serve churn@3 --shadow
  $ dsapi model serve churn@3 --no-shadow`

const versionArgument = () =>
  new Argument('<version>', 'a version of a model, such as churn@3').argParser(modelVersion)

export const addServe = (model: Command): void => {
  model
    .command('serve')
    .summary('serve a version of a model, to all requests or to some')
    .description(
      'Serves a version of a model. Every process takes it up within two seconds, and no request fails meanwhile. With --canary or --shadow, the served version stays.',
    )
    .addArgument(versionArgument())
    .addOption(
      new Option(
        '--canary <share>',
        'serve it to this share of the requests, such as 10%; 0% ends the canary',
      ).argParser(percentage),
    )
    .addOption(
      new Option('--shadow', 'let it answer copies of requests, for comparison only').conflicts(
        'canary',
      ),
    )
    .option('--no-shadow', 'end the shadow')
    .option('--json', 'print the model after the change as JSON')
    .addHelpText('after', serveExamples)
    .action(async (version, options) => (await import('./serve.ts')).serve(version, options))

  model
    .command('rollback')
    .summary('serve the version again that was served before')
    .description(
      'Serves the version again that was served before. Rolling back once more goes on to the one before that.',
    )
    .addArgument(new Argument('<name>', 'the name of the model').argParser(modelName))
    .option('--json', 'print the model after the change as JSON')
    .addHelpText('after', '\nExamples:\n  $ dsapi model rollback churn')
    .action(async (name, options) => (await import('./serve.ts')).rollback(name, options))

  model
    .command('remove')
    .summary('remove a version of a model')
    .description(
      'Removes a version and its file. One that is served, a canary or a shadow cannot be removed.',
    )
    .addArgument(versionArgument())
    .option('--json', 'print the version that was removed as JSON')
    .addHelpText('after', '\nExamples:\n  $ dsapi model remove churn@1')
    .action(async (version, options) => (await import('./remove.ts')).remove(version, options))
}
