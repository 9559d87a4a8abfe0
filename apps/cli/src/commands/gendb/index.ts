import type { Command } from 'commander'
import { wholeNumber } from '../../terminal/arguments.ts'
import { defaultSamples, defaultSeed } from './defaults.ts'

const examples = `
Examples:
  $ dsapi gendb
  $ dsapi gendb --samples 1000 --seed 42    as make_classification(random_state=42) draws it
  $ dsapi gendb --force                     new data and a new model version; keys and results stay`

export const addGendb = (program: Command): void => {
  program
    .command('gendb')
    .summary('create the database, its training data and a fitted model')
    .description(
      'Creates the database, draws its training data and fits a model to it. An existing database is left as it is, unless --force is given.',
    )
    .option('--samples <n>', 'rows of training data', wholeNumber(10, 1_000_000), defaultSamples)
    .option('--seed <n>', 'seed of the random data', wholeNumber(0, 2 ** 32 - 1), defaultSeed)
    .option('--demo-keys', 'also store the two public keys of the example (loopback only)')
    .option('--force', 'replace the data and add a model version to an existing database')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', examples)
    .action(async (options) => (await import('./gendb.ts')).gendb(options))
}
