import { loadConfig } from '@dsapi/config'
import type { ModelOptions } from '@dsapi/inference'
import { LinearRegressionModel } from '@dsapi/model'
import { storeModel } from '@dsapi/registry'
import { withDatabase } from '../../../database/with-database.ts'
import { cliActor } from '../../../terminal/cli-actor.ts'
import { print, printJson, say } from '../../../terminal/output.ts'
import { describeColumns } from '../tables/draw-columns.ts'
import { readTrainingTable, type TrainingTable } from '../tables/training-table.ts'
import { storedAs } from '../versions/version-words.ts'
import { checkTask } from './check-task.ts'
import { checkDecision } from './decide.ts'
import type { DecisionArguments } from './decision-options.ts'
import { evaluateFit } from './evaluate-fit.ts'
import type { SearchingArguments } from './fit-options.ts'
import { type FittedTable, fitTable } from './fit-table.ts'
import { findC } from './search-c.ts'
import { drawSummary, summaryOf } from './summary.ts'
import { featureNamesOf } from './table-estimator.ts'
import { sharesOfTable } from './training-shares.ts'

/** The most features that a message names. */
const mostNamed = 20

type Arguments = SearchingArguments &
  DecisionArguments & {
    readonly name: string
    readonly summary?: true
    readonly evaluation: boolean
  }

export const fit = async (given: Arguments): Promise<void> => {
  const { database } = loadConfig()
  const table = await readTrainingTable(database, given)
  const task = await checkTask(table, given)
  checkDecision(task, given)
  const { options, search } = findC(table, task, given)
  const { file, model } = fitTable(table, task, { ...given, ...options })
  const evaluation = given.evaluation ? evaluateFit(table, model, options) : undefined
  const training = sharesOfTable(table, task)
  const coefficients = given.summary && summaryOf(table, model, file, options)
  const version = await withDatabase(
    database,
    (db) => {
      const types = typesOf(table)
      const stored = { actor: cliActor().actor, name: given.name, options: types }
      return storeModel(db, file, Date.now(), { ...stored, evaluation, training })
    },
    {
      create: true,
    },
  )
  const { nRows, nDropped } = table
  if (options.json) {
    const columns = describeColumns(table)
    const decision =
      model instanceof LinearRegressionModel
        ? {}
        : { calibration: model.calibration, threshold: model.threshold }
    const found = { ...decision, search, coefficients }
    printJson({ version, task, rows: nRows, dropped: nDropped, ...model.fit, ...found, columns })
  }
  const names = featureNamesOf(table)
  const more = names.length - mostNamed
  const listed = names.slice(0, mostNamed).join(', ') + (more > 0 ? ` and ${more} more` : '')
  const what =
    model instanceof LinearRegressionModel ? table.label : `${model.classes.length} classes`
  say(`Fitted ${what} to ${nRows} rows of ${listed}: ${storedAs(given.name, version)}.`)
  if (coefficients !== undefined && !options.json) print(drawSummary(coefficients))
  if (hasConverged(model)) return
  const nIter = model instanceof LinearRegressionModel ? 0 : (model.nIter ?? 0)
  const isSeparated = options.penalty === 'none' && nIter < options.maxIter
  say(
    isSeparated
      ? 'The fit did not converge: some columns separate the classes, so that without a penalty there is no best model. Fit it with a penalty: --penalty l2'
      : 'The fit did not converge. Allow more steps: --max-iter. To see how it ended: dsapi model show',
  )
}

const hasConverged = (model: FittedTable['model']) =>
  model instanceof LinearRegressionModel
    ? model.fit === undefined || !('converged' in model.fit) || model.fit.converged
    : model.converged

/** Which numbers are true or false, so that requests may give them as such. */
const typesOf = (table: TrainingTable): ModelOptions => {
  const booleans = table.columns.filter(
    ({ kind, use }) => kind === 'boolean' && use.type === 'number',
  )
  if (booleans.length === 0) return {}
  return { types: Object.fromEntries(booleans.map(({ name }) => [name, 'boolean'])) }
}
