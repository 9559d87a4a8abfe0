import { loadConfig } from '@dsapi/config'
import { type FitProgress, LogisticRegression } from '@dsapi/model'
import { storeModel } from '@dsapi/registry'
import type { Command } from 'commander'
import { withDatabase } from '../../database/with-database.ts'
import { printJson, say } from '../../terminal/output.ts'
import { addFitOptions, checkLabels, type FitArguments, toModelOptions } from './fit-options.ts'
import { readTrainingTable } from './training-table.ts'

const examples = `
Examples:
  $ dsapi model fit
  $ dsapi model fit --data iris.csv --label class
  $ dsapi model fit --data wine.csv --label quality --separator ";" --class-weight balanced`

export const addFit = (model: Command): void => {
  addFitOptions(model.command('fit'))
    .summary('fit a model and serve it from now on')
    .description(
      'Fits a model to the data table or to a CSV file and stores it as the newest version. Running servers and workers take it up within seconds.',
    )
    .option('--json', 'print the version and how the fit ended as JSON')
    .addHelpText('after', examples)
    .action(fit)
}

const quietMs = 1000

/** Tells of the steps of a fit that takes longer than a person waits without asking. */
const tellProgress = () => {
  const started = performance.now()
  return ({ iteration, gap, objective }: FitProgress) => {
    if (performance.now() - started < quietMs) return
    say(`step ${iteration}: ${(gap / objective).toExponential(1)} of the objective to go`)
  }
}

const fit = async (options: FitArguments) => {
  const { database } = loadConfig()
  const table = await readTrainingTable(database, options)
  await checkLabels(table, options)
  const { X, y, featureNames } = table
  const model = new LogisticRegression(toModelOptions(options)).fit(X, y, {
    featureNames,
    onIteration: tellProgress(),
  })
  const version = await withDatabase(database, (db) => storeModel(db, model, Date.now()), {
    create: true,
  })
  if (options.json) printJson({ version, rows: X.nRows, ...model.fit })
  say(
    `Fitted ${model.classes.length} classes to ${X.nRows} rows of ${featureNames.join(', ')}: model version ${version}.`,
  )
  if (!model.converged) {
    say(
      'The fit did not reach the minimum. Allow more steps: --max-iter. How it ended: dsapi model show',
    )
  }
}
