import type { Command } from 'commander'
import { addDrift } from './drift.ts'
import { addEvaluate } from './evaluate.ts'
import { addFit } from './fit.ts'
import { addImport } from './import.ts'
import { addShow } from './show.ts'

const examples = `
Examples:
  $ dsapi model fit --data iris.csv --label class
  $ dsapi model show
  $ dsapi model evaluate
  $ dsapi model drift`

export const addModel = (program: Command): void => {
  const model = program
    .command('model')
    .summary('fit, look at, score, watch and import models')
    .description(
      'Fits, shows, scores and imports models; compares what they are asked with what they were fitted to.',
    )
    .addHelpText('after', examples)
  for (const add of [addFit, addShow, addEvaluate, addDrift, addImport]) add(model)
}
