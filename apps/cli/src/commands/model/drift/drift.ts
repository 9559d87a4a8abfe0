import { loadConfig } from '@dsapi/config'
import type { Database, DatabaseSettings } from '@dsapi/db'
import type { StabilityBin } from '@dsapi/model'
import {
  compareInputs,
  countTraining,
  type Drift,
  findTraining,
  finiteBounds,
  type StoredModel,
  type TrainingShares,
} from '@dsapi/registry'
import { withDatabase } from '../../../database/with-database.ts'
import { formatInstant, type Json, print, printJson, say } from '../../../terminal/output.ts'
import { loadServedModel } from '../served-model.ts'
import type { TableSource } from '../tables/table-options.ts'
import { drawDrift } from './draw-drift.ts'
import { explainTooFew } from './explain-too-few.ts'
import { readTrainingOf } from './training-of-model.ts'

type DriftArguments = TableSource &
  Json & { readonly name: string; readonly days: number; readonly limit: number }

export const drift = async ({
  name,
  days,
  limit,
  json,
  ...source
}: DriftArguments): Promise<void> => {
  const { database } = loadConfig()
  const found = await withDatabase(database, async (db) => {
    const served = await loadServedModel(db, name)
    const training = await findTrainingOf(db, database, source, served)
    return compareInputs(db, served, training, { now: Date.now(), days, limit })
  })
  if (!('features' in found)) throw explainTooFew(found, days)
  if (json) return printJson(describe(found))
  say(`${found.predictions} predictions, ${period(found)},`)
  say(`compared with ${found.trainingRows} rows of training data; model ${found.model} is served.`)
  if (found.leftOut > 0)
    say(`${found.leftOut} predictions by models with other features were left out.`)
  say('')
  print(drawDrift(found))
}

/** The shares of the file that was given, or else those that are known. */
const findTrainingOf = async (
  db: Database,
  database: DatabaseSettings,
  source: TableSource,
  served: StoredModel,
): Promise<TrainingShares> => {
  const known = source.data === undefined ? await findTraining(db, served) : undefined
  if (known !== undefined) return known
  const { features, output } = served.model.info
  const cells = await readTrainingOf(database, source, served)
  return countTraining(features, cells, output.type === 'classes')
}

const period = ({ from, to }: Drift) => `${formatInstant(from)} to ${formatInstant(to)}`

const describe = ({ from, to, features, answers, values, ...rest }: Drift) => ({
  ...rest,
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
  features: features.map(({ bins, ...feature }) => ({
    ...feature,
    bins: bins.map(bounded),
  })),
  answers,
  ...(values && { values: values.map(bounded) }),
})

const bounded = ({ lower, upper, ...shares }: StabilityBin) => ({
  ...finiteBounds({ lower, upper }),
  ...shares,
})
