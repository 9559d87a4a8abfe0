import { loadConfig } from '@dsapi/config'
import { nameOfDatabase } from '@dsapi/db'
import type { Command } from 'commander'
import { generateDatabase } from '../database/generate-database.ts'
import { withDatabase } from '../database/with-database.ts'
import { wholeNumber } from '../terminal/arguments.ts'
import { CliError } from '../terminal/cli-error.ts'
import { printJson, say } from '../terminal/output.ts'

/** With this seed the answers are those that the README shows. */
export const defaultSeed = 2
export const defaultSamples = 100

type Options = {
  readonly samples: number
  readonly seed: number
  readonly demoKeys?: boolean
  readonly force?: boolean
  readonly json?: true
}

const examples = `
Examples:
  $ dsapi gendb
  $ dsapi gendb --samples 1000 --seed 42    as make_classification(random_state=42) draws it
  $ dsapi gendb --force                     new data and a new model version; keys and results stay`

export const addGendb = (program: Command): void => {
  program
    .command('gendb')
    .summary('make the database, its training data and the fitted model')
    .description(
      'Makes the database, its training data and the fitted model. A database that is there already is left as it is, unless --force is given.',
    )
    .option('--samples <n>', 'rows of training data', wholeNumber(10, 1_000_000), defaultSamples)
    .option('--seed <n>', 'which data is drawn', wholeNumber(0, 2 ** 32 - 1), defaultSeed)
    .option('--demo-keys', 'also store the two public keys of the example (loopback only)')
    .option('--force', 'replace the data and add a model version to an existing database')
    .option('--json', 'print what was made as JSON')
    .addHelpText('after', examples)
    .action(gendb)
}

const gendb = async ({ samples, seed, demoKeys = false, force = false, json }: Options) => {
  const { database } = loadConfig()
  const name = nameOfDatabase(database.url)
  const version = await withDatabase(
    database,
    (db) => generateDatabase(db, { samples, seed, demoKeys, force }),
    { create: true },
  )
  if (version === undefined) {
    throw new CliError(
      `There is a database at ${name}, and it was left as it is. To draw new data and fit a new model, keeping keys and results: dsapi gendb --force`,
    )
  }
  if (json) printJson({ database: name, samples, seed, model_version: version })
  say(`Made ${name}: ${samples} rows of training data, model version ${version}.`)
  say('Next, a key: dsapi keys create --name me')
}
