import { Argument, type Command } from 'commander'
import { modelVersion } from '../../../terminal/arguments.ts'
import { addLayoutOptions } from '../tables/table-options.ts'

const about = `
The scores are those of scikit-learn: accuracy, log loss and ROC AUC of classes;
R2, MAE and RMSE of values. A difference is the largest one between the
probabilities of a class, or the relative one between values. Answers with
another class, or with values more than 1 % apart, are different answers.

Examples:
  $ dsapi model compare churn@1 churn@2 --data test.csv --label churned
  $ dsapi model compare churn@1 forest@4 --data test.csv --label churned --json`

const version = (name: string) =>
  new Argument(`<${name}>`, 'a version of a model, such as churn@1').argParser(modelVersion)

export const addCompare = (model: Command): void => {
  const command = model
    .command('compare')
    .summary('compare two versions on a labelled file')
    .description(
      'Has two versions answer the rows of a CSV file, and compares how well and how differently they answer.',
    )
    .addArgument(version('first'))
    .addArgument(version('second'))
    .requiredOption('--data <file>', 'a CSV file with the columns of both models')
    .requiredOption('--label <column>', 'the column that holds what the answers should be')
  addLayoutOptions(command)
    .option('--json', 'print the comparison as JSON')
    .addHelpText('after', about)
    .action(async (first, second, options) =>
      (await import('./compare.ts')).compare(first, second, options),
    )
}
