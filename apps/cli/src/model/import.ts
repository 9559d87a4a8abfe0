import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { loadConfig, workingFolder } from '@dsapi/config'
import { modelFromJSON } from '@dsapi/model'
import { storeModel } from '@dsapi/registry'
import type { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import { messageOf } from '../message-of.ts'
import { say } from '../output.ts'
import { withDatabase } from '../with-database.ts'

const help = `
Example, with a model that scikit-learn has fitted:
  json.dump({"classes": m.classes_.tolist(), "coef": m.coef_.tolist(), "intercept": m.intercept_.tolist(), "feature_names": list(X.columns)}, open("model.json", "w"))

  $ dsapi model import model.json`

export const addImport = (model: Command): void => {
  model
    .command('import <file>')
    .summary('serve a model that was fitted elsewhere')
    .description(
      'Stores a model from a JSON file as the newest version: one that dsapi model show --json printed, or a plain {classes, coef, intercept, feature_names} from scikit-learn.',
    )
    .addHelpText('after', help)
    .action(importModel)
}

const importModel = async (file: string) => {
  const model = modelFromJSON(await readJson(file))
  const version = await withDatabase(
    loadConfig().database,
    (db) => storeModel(db, model, Date.now()),
    { create: true },
  )
  say(`Stored ${file}: model version ${version}, features ${model.featureNames.join(', ')}.`)
}

const readJson = async (file: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(resolve(workingFolder(), file), 'utf8'))
  } catch (error) {
    throw new CliError(`${file} cannot be read as JSON: ${messageOf(error)}`)
  }
}
