import type { Command } from 'commander'
import { modelName } from '../../../terminal/arguments.ts'
import { aboutImport } from './help.ts'

export const addImport = (model: Command): void => {
  model
    .command('import <file>')
    .summary('import a model that was fitted elsewhere, and serve it')
    .description(
      'Stores a model from a JSON file as the newest version. The file is the output of dsapi model show --json, or of the program that dsapi model export-helper prints for models of scikit-learn.',
    )
    .option('--name <name>', 'the name of the model', modelName, 'default')
    .option('--json', 'print the version and what was checked as JSON')
    .addHelpText('after', aboutImport)
    .action(async (file, options) =>
      (await import('./import-model.ts')).storeImported(file, options),
    )
}
