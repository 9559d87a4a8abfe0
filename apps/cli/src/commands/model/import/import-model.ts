import { loadConfig } from '@dsapi/config'
import { FittedPipeline, LogisticRegressionModel } from '@dsapi/model'
import { storeModel } from '@dsapi/registry'
import { withDatabase } from '../../../database/with-database.ts'
import { cliActor } from '../../../terminal/cli-actor.ts'
import { type Json, printJson, say } from '../../../terminal/output.ts'
import { storedAs } from '../versions/version-words.ts'
import { type Imported, readImported } from './read-imported.ts'
import { readJsonFile } from './read-json-file.ts'

export const storeImported = async (
  file: string,
  { json, name }: Json & { readonly name: string },
): Promise<void> => {
  const imported = readImported(await readJsonFile(file))
  const { model, options } = imported
  const version = await withDatabase(
    loadConfig().database,
    (db) => storeModel(db, model, Date.now(), { actor: cliActor().actor, name, options }),
    { create: true },
  )
  for (const assumption of imported.assumptions) say(`Warning: ${assumption}`)
  if (json) printJson(describe(imported, version))
  say(`Stored ${file}: ${storedAs(name, version)}, features ${featuresOf(imported).join(', ')}.`)
  if (imported.check) say(describeCheck(imported, imported.check))
}

const featuresOf = ({ model }: Imported) =>
  model instanceof FittedPipeline ? model.featureNamesIn : model.featureNames

/** What predicts classes, if anything does. */
const classifierOf = ({ model }: Imported) => {
  const last = model instanceof FittedPipeline ? model.model : model
  return last instanceof LogisticRegressionModel ? last : undefined
}

const describe = (imported: Imported, version: number) => {
  const { check, assumptions } = imported
  const { classes, multiClass } = classifierOf(imported) ?? {}
  const features = featuresOf(imported)
  return { version, classes, features, multiClass, check: check ?? null, assumptions }
}

const describeCheck = (
  imported: Imported,
  { rows, largestDifference }: NonNullable<Imported['check']>,
) => {
  const what = classifierOf(imported) === undefined ? 'values' : 'probabilities'
  return `Its ${what} for ${rows} check rows match the file within ${largestDifference.toExponential(1)}.`
}
