import { listModels, type ModelSummary } from '@dsapi/registry'
import { withOwnDatabase } from '../../../database/with-database.ts'
import { percent } from '../../../terminal/bar.ts'
import { formatInstant, type Json, print, printJson, say, table } from '../../../terminal/output.ts'
import { describeModel } from '../versions/describe-version.ts'
import { outputInWords } from '../versions/version-words.ts'

export const list = async ({ json }: Json): Promise<void> => {
  const models = await withOwnDatabase(listModels)
  if (json) printJson(models.map(describeModel))
  else if (models.length === 0)
    say('There are no models yet. Add one: dsapi model add FILE --name NAME')
  else print(table(header, models.map(asRow)))
}

const header = ['NAME', 'SERVED', 'CANARY', 'SHADOW', 'FORMAT', 'FEATURES', 'ANSWERS', 'CHANGED']

const asRow = ({ name, served, servedVersion, canary, shadow, changedAt }: ModelSummary) => {
  const info = servedVersion?.info
  return [
    ...[name, servedVersion?.tag ?? `${served} (its row is missing)`],
    canary === undefined ? '-' : `${canary.version} (${percent(canary.share)})`,
    ...[shadow === undefined ? '-' : String(shadow), servedVersion?.format ?? '-'],
    info === undefined ? 'its file is damaged' : String(info.features.length),
    ...[info === undefined ? '-' : outputInWords(info.output), formatInstant(changedAt)],
  ]
}
