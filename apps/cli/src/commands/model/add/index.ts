import { type Command, Option } from 'commander'
import { modelName, oneOf, wholeNumber } from '../../../terminal/arguments.ts'
import { aboutAdd } from './help.ts'
import { featureTypes, labelList, nameList, namePairs } from './option-lists.ts'

/** The most processes of a Python model. */
const mostProcesses = 64

export const addAdd = (model: Command): void => {
  model
    .command('add [file]')
    .summary('add a trained model as a version, from a file or from Python code')
    .description(
      'Adds a file as the newest version of a model. The file is loaded first, and must answer its samples. The first version of a model is served at once.',
    )
    .requiredOption('--name <name>', 'the name of the model', modelName)
    .option('--features <list>', 'the names of the features, in the order of the file', nameList)
    .option('--rename <pairs>', 'other names for features: old=new,old=new', namePairs)
    .option(
      '--types <pairs>',
      'the types of features: name=number, integer, boolean or text',
      featureTypes,
    )
    .option('--classes <list>', 'the classes, in the order of the probabilities', labelList)
    .option('--outputs <list>', 'the names of the values, of a model with several', nameList)
    .option('--samples <file>', 'rows with the answers that the training library gave')
    .option(
      '--missing <choice>',
      'what is missing besides null: nan (nothing), or zero',
      oneOf('nan', 'zero'),
    )
    .option(
      '--output <choice>',
      'what a model that can answer either answers: probabilities or margin',
      oneOf('probabilities', 'margin'),
    )
    .option(
      '--trees <choice>',
      'after early stopping: the trees up to the best iteration, or all',
      oneOf('best', 'all'),
    )
    .option('--output-name <name>', 'which of several outputs of an ONNX file is the answer')
    .option('--serve', 'serve the version at once')
    .option(
      '--python <code>',
      'module:function, or a file of joblib or pickle, which Python runs on this machine',
    )
    .addOption(new Option('--interpreter <program>', 'the Python that runs it (default: python3)'))
    .addOption(
      new Option('--processes <n>', 'how many processes of Python compute (default: 1)').argParser(
        wholeNumber(1, mostProcesses),
      ),
    )
    .addOption(
      new Option(
        '--directory <folder>',
        'the folder that modules are imported from (default: this one)',
      ),
    )
    .option('--json', 'print the version as JSON')
    .addHelpText('after', aboutAdd)
    .action(async (file, options) => (await import('./add.ts')).add(file, options))
}
