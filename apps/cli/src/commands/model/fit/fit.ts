import { loadConfig } from '@dsapi/config'
import { type FitProgress, LogisticRegression } from '@dsapi/model'
import { storeModel } from '@dsapi/registry'
import { withDatabase } from '../../../database/with-database.ts'
import { cliActor } from '../../../terminal/cli-actor.ts'
import { printJson, say } from '../../../terminal/output.ts'
import { readTrainingTable } from '../tables/training-table.ts'
import { storedAs } from '../versions/version-words.ts'
import { checkLabels } from './check-labels.ts'
import { type FitArguments, toModelOptions } from './fit-options.ts'

const quietMs = 1000

/** Reports the steps of a fit that takes longer than a second. */
const reportProgress = () => {
  const started = performance.now()
  return ({ iteration, gap, objective }: FitProgress) => {
    if (performance.now() - started < quietMs) return
    say(`step ${iteration}: ${(gap / objective).toExponential(1)} of the objective to go`)
  }
}

export const fit = async (options: FitArguments & { readonly name: string }): Promise<void> => {
  const { database } = loadConfig()
  const table = await readTrainingTable(database, options)
  await checkLabels(table, options)
  const { X, y, featureNames } = table
  const model = new LogisticRegression(toModelOptions(options)).fit(X, y, {
    featureNames,
    onIteration: reportProgress(),
  })
  const version = await withDatabase(
    database,
    (db) => storeModel(db, model, Date.now(), { actor: cliActor().actor, name: options.name }),
    {
      create: true,
    },
  )
  if (options.json) printJson({ version, rows: X.nRows, ...model.fit })
  say(
    `Fitted ${model.classes.length} classes to ${X.nRows} rows of ${featureNames.join(', ')}: ${storedAs(options.name, version)}.`,
  )
  if (!model.converged) {
    say(
      'The fit did not converge. Allow more steps: --max-iter. To see how it ended: dsapi model show',
    )
  }
}
