import { loadConfig } from '@dsapi/config'
import type { ModelOptions } from '@dsapi/inference'
import { LinearRegressionModel } from '@dsapi/model'
import { storeModel } from '@dsapi/registry'
import { withDatabase } from '../../../database/with-database.ts'
import { cliActor } from '../../../terminal/cli-actor.ts'
import { printJson, say } from '../../../terminal/output.ts'
import { describeColumns } from '../tables/draw-columns.ts'
import { readTrainingTable, type TrainingTable } from '../tables/training-table.ts'
import { storedAs } from '../versions/version-words.ts'
import { checkTask } from './check-task.ts'
import type { FitArguments } from './fit-options.ts'
import { fitTable } from './fit-table.ts'
import { featureNamesOf } from './table-estimator.ts'

/** The most features that a message names. */
const mostNamed = 20

export const fit = async (options: FitArguments & { readonly name: string }): Promise<void> => {
  const { database } = loadConfig()
  const table = await readTrainingTable(database, options)
  const task = await checkTask(table, options)
  const { file, model } = fitTable(table, task, options)
  const version = await withDatabase(
    database,
    (db) => {
      const types = typesOf(table)
      const stored = { actor: cliActor().actor, name: options.name, options: types }
      return storeModel(db, file, Date.now(), stored)
    },
    {
      create: true,
    },
  )
  const { nRows, nDropped } = table
  if (options.json) {
    const columns = describeColumns(table)
    printJson({ version, task, rows: nRows, dropped: nDropped, ...model.fit, columns })
  }
  const names = featureNamesOf(table)
  const more = names.length - mostNamed
  const listed = names.slice(0, mostNamed).join(', ') + (more > 0 ? ` and ${more} more` : '')
  const what =
    model instanceof LinearRegressionModel ? table.label : `${model.classes.length} classes`
  say(`Fitted ${what} to ${nRows} rows of ${listed}: ${storedAs(options.name, version)}.`)
  if (model instanceof LinearRegressionModel || model.converged) return
  say(
    'The fit did not converge. Allow more steps: --max-iter. To see how it ended: dsapi model show',
  )
}

/** Which numbers are true or false, so that requests may give them as such. */
const typesOf = (table: TrainingTable): ModelOptions => {
  const booleans = table.columns.filter(
    ({ kind, use }) => kind === 'boolean' && use.type === 'number',
  )
  if (booleans.length === 0) return {}
  return { types: Object.fromEntries(booleans.map(({ name }) => [name, 'boolean'])) }
}
