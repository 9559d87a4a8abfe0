import {
  bestThreshold,
  type Calibration,
  type Classifier,
  type ClassifierTable,
  calibrate,
  crossValDecision,
  fitCalibration,
  type Label,
  type LogisticRegressionModel,
} from '@dsapi/model'
import { CliError, UsageError } from '../../../terminal/cli-error.ts'
import { say } from '../../../terminal/output.ts'
import type { DecisionArguments } from './decision-options.ts'
import { inFolds } from './in-folds.ts'
import type { Task } from './task.ts'

/** What is fitted, to find out how it does on rows that it has not seen. */
export type Trial = {
  readonly estimator: Classifier
  readonly X: ClassifierTable
  readonly y: readonly Label[]
  readonly sampleWeight: Float64Array | undefined
}

/** @throws UsageError when labels are numbers */
export const checkDecision = (task: Task, { calibrate: method, threshold }: DecisionArguments) => {
  if (task === 'classification' || (method === undefined && threshold === undefined)) return
  const option = method === undefined ? '--threshold' : '--calibrate'
  throw new UsageError(`${option} is for classes, and these labels are numbers`)
}

/**
 * Gives a fitted model the calibration and the threshold that were asked for. Both are found by the scores that rows get from
 * fits to the folds without them.
 *
 * @throws CliError when there are more than two classes for a threshold, or too few rows
 */
export const decide = (
  model: LogisticRegressionModel,
  { calibrate: method, threshold }: DecisionArguments,
  trial: Trial,
): LogisticRegressionModel => {
  if (method === undefined && threshold === undefined) return model
  const { classes } = model
  if (threshold !== undefined && classes.length > 2) {
    throw new CliError(
      `--threshold is for two classes, and there are ${classes.length}. Leave it out`,
    )
  }
  if (method === undefined && threshold?.type === 'fixed') {
    return model.withThreshold(threshold.threshold)
  }
  const { estimator, X, y, sampleWeight } = trial
  const scores = crossValDecision(estimator, X, y, inFolds(y), sampleWeight)
  const calibration = method && fitCalibration(scores, y, { method, sampleWeight })
  const calibrated = model.withCalibration(calibration)
  if (threshold === undefined) return calibrated
  if (threshold.type === 'fixed') return calibrated.withThreshold(threshold.threshold)
  const seconds = Float64Array.from(scores.data, (score) => {
    return calibrate(calibration ?? sigmoid, [score])[1]
  })
  const { falsePositive, falseNegative } =
    threshold.type === 'cost' ? threshold : { falsePositive: 1, falseNegative: 1 }
  const by = threshold.type === 'f1' ? 'f1' : { cost: { falsePositive, falseNegative } }
  const best = bestThreshold(y, seconds, { by, positive: classes[1], sampleWeight })
  const reached =
    threshold.type === 'f1' ? `F1 ${best.value.toFixed(4)}` : `a cost of ${best.value}`
  say(
    `${classes[1]} is answered from a probability of ${best.threshold} on: ${reached} in cross-validation.`,
  )
  return calibrated.withThreshold(best.threshold)
}

/** What makes a probability of a score where there is no calibration. */
const sigmoid: Calibration = [{ method: 'sigmoid', a: -1, b: 0 }]
