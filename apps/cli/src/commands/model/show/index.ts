import { Argument, type Command } from 'commander'
import { modelReference, wholeNumber } from '../../../terminal/arguments.ts'

const examples = `
Examples:
  $ dsapi model show
  $ dsapi model show churn
  $ dsapi model show churn@2 --json
  $ dsapi model show churn@2 --artifact churn-2.onnx
  $ dsapi model show --version 2 --json > model.json`

export const addShow = (model: Command): void => {
  model
    .command('show')
    .summary('show a model')
    .description(
      'Shows what a model asks and answers, its file and its versions: the version that is served, or the one that is named.',
    )
    .addArgument(
      new Argument(
        '[model]',
        'the name of the model, or a version of it such as churn@2 (default: default)',
      ).argParser(modelReference),
    )
    .option('--version <n>', 'the same as NAME@n', wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .option('--artifact <file>', 'write the file of the version to this new file')
    .option(
      '--json',
      'print the model as JSON. That of a logistic regression has its coefficients, as dsapi model import reads them',
    )
    .addHelpText('after', examples)
    .action(async (model, options) => (await import('./show.ts')).show(model, options))
}
