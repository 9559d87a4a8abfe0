import type { Command } from 'commander'
import { modelName } from '../../../terminal/arguments.ts'
import { addDecisionOptions } from './decision-options.ts'
import { addFitOptions } from './fit-options.ts'

const examples = `
Examples:
  $ dsapi model fit
  $ dsapi model fit --data iris.csv --label class
  $ dsapi model fit --data wine.csv --label quality --separator ";" --balanced
  $ dsapi model fit --data churn.csv --label churned --threshold cost:1:5
  $ dsapi model fit --data churn.csv --label churned --penalty none --summary
  $ dsapi model fit --name iris --data iris.csv --label class`

export const addFit = (model: Command): void => {
  addDecisionOptions(addFitOptions(model.command('fit')))
    .summary('fit a model and serve it')
    .description(
      'Fits a model to the data table or to a CSV file and stores it as the newest version, with its evaluation by cross-validation and the shares of the training data. Running servers and workers load it within seconds.',
    )
    .option('--name <name>', 'the name of the model', modelName, 'default')
    .option('--summary', 'print standard errors, p-values and odds ratios; needs --penalty none')
    .option('--no-evaluation', 'store no evaluation by cross-validation, which takes several fits')
    .option('--json', 'print the version and how the fit ended as JSON')
    .addHelpText('after', examples)
    .action(async (options) => (await import('./fit.ts')).fit(options))
}
