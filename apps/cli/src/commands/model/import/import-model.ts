import { loadConfig } from '@dsapi/config'
import { type ImportedModel, importModel } from '@dsapi/model'
import { storeModel } from '@dsapi/registry'
import { withDatabase } from '../../../database/with-database.ts'
import { cliActor } from '../../../terminal/cli-actor.ts'
import { type Json, printJson, say } from '../../../terminal/output.ts'
import { storedAs } from '../versions/version-words.ts'
import { readJsonFile } from './read-json-file.ts'

export const storeImported = async (
  file: string,
  { json, name }: Json & { readonly name: string },
): Promise<void> => {
  const imported = importModel(await readJsonFile(file))
  const { model } = imported
  const version = await withDatabase(
    loadConfig().database,
    (db) => storeModel(db, model, Date.now(), { actor: cliActor().actor, name }),
    { create: true },
  )
  for (const assumption of imported.assumptions) say(`Warning: ${assumption}`)
  if (json) printJson(describe(imported, version))
  say(`Stored ${file}: ${storedAs(name, version)}, features ${model.featureNames.join(', ')}.`)
  if (imported.check) say(describeCheck(imported.check))
}

const describe = ({ model, check, assumptions }: ImportedModel, version: number) => ({
  version,
  classes: model.classes,
  features: model.featureNames,
  multiClass: model.multiClass,
  check: check ?? null,
  assumptions,
})

const describeCheck = ({ rows, largestDifference }: NonNullable<ImportedModel['check']>) =>
  `Its probabilities for ${rows} check rows match the file within ${largestDifference.toExponential(1)}.`
