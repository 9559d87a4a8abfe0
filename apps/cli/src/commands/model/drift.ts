import { loadConfig } from '@dsapi/config'
import type { Command } from 'commander'
import { withDatabase } from '../../database/with-database.ts'
import { wholeNumber } from '../../terminal/arguments.ts'
import { formatInstant, type Json, print, printJson, say } from '../../terminal/output.ts'
import { compareInputs, type Drift } from './compare-inputs.ts'
import { drawDrift } from './draw-drift.ts'
import { addTableOptions, type TableSource } from './table-options.ts'
import { readTrainingTable } from './training-table.ts'

const help = `
PSI is the population stability index, over the deciles of the training data:
  stable    below 0.1
  moderate  from 0.1 to 0.25: look into it
  shifted   above 0.25: the model is asked about something else
  unclear   0.1 or more, but chance alone gives as much with so few rows
BY CHANCE is what the index stays below in 95 of 100 cases in which nothing
has moved: the fewer rows, the more.

Examples:
  $ DSAPI_PREDICTION_LOG=on dsapi serve
  $ dsapi model drift
  $ dsapi model drift --days 1 --data iris.csv --label class --json`

export const addDrift = (model: Command): void => {
  addTableOptions(model.command('drift'))
    .summary('compare what the model is asked with what it was fitted to')
    .description(
      'Compares the features of recent predictions with the training data: the data table, or a CSV file. Needs a server that runs with DSAPI_PREDICTION_LOG=on. Slow predictions and batches are not among them.',
    )
    .option('--days <n>', 'how far to look back', wholeNumber(1, 36_500), 7)
    .option('--limit <n>', 'how many predictions to read, the newest', wholeNumber(1, 1e9), 100_000)
    .option('--json', 'print the comparison as JSON')
    .addHelpText('after', help)
    .action(drift)
}

type DriftArguments = TableSource & Json & { readonly days: number; readonly limit: number }

const drift = async ({ days, limit, json, ...source }: DriftArguments) => {
  const { database } = loadConfig()
  const table = await readTrainingTable(database, source)
  const found = await withDatabase(database, (db) =>
    compareInputs(db, table, { now: Date.now(), days, limit }),
  )
  if (json) return printJson(describe(found))
  say(`${found.predictions} predictions, ${period(found)},`)
  say(`beside ${found.trainingRows} rows of training data; model ${found.model} is served.`)
  if (found.leftOut > 0) say(`${found.leftOut} more were of models with other features.`)
  say('')
  print(drawDrift(found))
}

const period = ({ from, to }: Drift) => `${formatInstant(from)} to ${formatInstant(to)}`

/** JSON has no infinite numbers: the outer bins have no bound there. */
const describe = ({ from, to, features, answers, ...rest }: Drift) => ({
  ...rest,
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
  features: features.map(({ bins, ...feature }) => ({
    ...feature,
    bins: bins.map(({ lower, upper, ...shares }) => ({
      ...(Number.isFinite(lower) && { lower }),
      ...(Number.isFinite(upper) && { upper }),
      ...shares,
    })),
  })),
  answers,
})
