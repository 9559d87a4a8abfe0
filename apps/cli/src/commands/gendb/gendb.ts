import { loadConfig } from '@dsapi/config'
import { nameOfDatabase } from '@dsapi/db'
import { generateDatabase } from '../../database/generate-database.ts'
import { withDatabase } from '../../database/with-database.ts'
import { CliError } from '../../terminal/cli-error.ts'
import { printJson, say } from '../../terminal/output.ts'

type Options = {
  readonly samples: number
  readonly seed: number
  readonly demoKeys?: boolean
  readonly force?: boolean
  readonly json?: true
}

export const gendb = async ({
  samples,
  seed,
  demoKeys = false,
  force = false,
  json,
}: Options): Promise<void> => {
  const { database } = loadConfig()
  const name = nameOfDatabase(database.url)
  const version = await withDatabase(
    database,
    (db) => generateDatabase(db, { samples, seed, demoKeys, force }),
    { create: true },
  )
  if (version === undefined) {
    throw new CliError(
      `The database ${name} exists already and was left unchanged. To draw new data and fit a new model, keeping keys and results: dsapi gendb --force`,
    )
  }
  if (json) printJson({ database: name, samples, seed, model_version: version })
  say(`Created ${name}: ${samples} rows of training data, model version ${version}.`)
  say('Next, create a key: dsapi keys create --name me')
}
