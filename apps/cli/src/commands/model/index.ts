import type { Command } from 'commander'
import { addAdd } from './add/index.ts'
import { addCompare } from './compare/index.ts'
import { addDrift } from './drift/index.ts'
import { addEvaluate } from './evaluate/index.ts'
import { addExportHelper } from './export-helper/index.ts'
import { addFit } from './fit/index.ts'
import { addImport } from './import/index.ts'
import { addList } from './list/index.ts'
import { addReplay } from './replay/index.ts'
import { addServe } from './serve/index.ts'
import { addShow } from './show/index.ts'

const examples = `
Examples:
  $ dsapi model add churn.onnx --name churn
  $ dsapi model list
  $ dsapi model serve churn@2 --canary 10%
  $ dsapi model rollback churn
  $ dsapi model fit --data iris.csv --label class
  $ dsapi model drift`

export const addModel = (program: Command): void => {
  const model = program
    .command('model')
    .summary('add, serve, compare, fit and evaluate models; detect drift')
    .description(
      'Adds trained models as versions under names, serves and compares versions, fits and evaluates models, and detects drift between requests and training data.',
    )
    .addHelpText('after', examples)
  for (const add of [
    ...[addAdd, addList, addShow, addServe, addCompare, addReplay],
    ...[addFit, addEvaluate, addImport, addExportHelper, addDrift],
  ])
    add(model)
}
