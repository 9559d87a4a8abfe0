import type { Command } from 'commander'

const examples = `
The program writes a fitted estimator of scikit-learn as JSON, together with
rows and the answers that Python gives to them. dsapi model import checks them.

Examples:
  $ dsapi model export-helper > dsapi_export.py
  $ python dsapi_export.py model.pkl model.json
  $ dsapi model import model.json --name churn`

export const addExportHelper = (model: Command): void => {
  model
    .command('export-helper')
    .summary('print a Python program that writes a scikit-learn estimator for import')
    .description(
      'Prints a small Python program. It takes pipelines, columns of text, scalers, encoders and linear models, and refuses what dsapi does not compute with the reason.',
    )
    .addHelpText('after', examples)
    .action(async () => (await import('./print-program.ts')).printProgram())
}
