import { loadConfig } from '@dsapi/config'
import { print, printJson, say } from '../../../terminal/output.ts'
import { checkLabels } from '../fit/check-labels.ts'
import { type FitArguments, toModelOptions } from '../fit/fit-options.ts'
import { readTrainingTable } from '../tables/training-table.ts'
import { checkFolds } from './check-folds.ts'
import { crossValidate } from './cross-validate.ts'
import { drawEvaluation } from './draw-evaluation.ts'

type EvaluateArguments = FitArguments & { readonly folds: number; readonly seed: number }

export const evaluate = async (options: EvaluateArguments): Promise<void> => {
  const { database } = loadConfig()
  const rows = await readTrainingTable(database, options)
  await checkLabels(rows, options)
  checkFolds(rows.y, options.folds)
  const evaluation = crossValidate(rows, toModelOptions(options), {
    nSplits: options.folds,
    seed: options.seed,
  })
  if (options.json) return printJson(evaluation)
  say(
    `${rows.X.nRows} rows, each predicted by a fit to the ${options.folds - 1} folds without it\n`,
  )
  print(drawEvaluation(evaluation))
  if (evaluation.notConverged > 0) {
    say(
      `\nThe fits of ${evaluation.notConverged} of ${options.folds} folds did not converge: the scores are those of unfinished fits. Allow more steps: --max-iter`,
    )
  }
}
