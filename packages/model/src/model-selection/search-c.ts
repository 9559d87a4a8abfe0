import type { Label } from '../labels.ts'
import {
  checkMembers,
  checkNumber,
  checkWord,
  refuseOption,
} from '../linear-model/check-options.ts'
import { checkSampleWeight } from '../linear-model/class-weights.ts'
import { accuracyScore } from '../metrics/accuracy-score.ts'
import { logLoss } from '../metrics/log-loss.ts'
import { checkArrayLike } from '../validation/check-numbers.ts'
import {
  type Classifier,
  type ClassifierTable,
  fitClassifier,
  modelIn,
  predictWith,
} from './cross-val-decision.ts'
import { stratifiedKFold } from './k-fold.ts'
import type { Split } from './split.ts'
import { takeSplit } from './take-split.ts'

export interface SearchCOptions {
  /** The values that are tried, or how many between 1e-4 and 1e4; default 10. */
  readonly Cs?: number | readonly number[] | undefined
  /** Folds, or the splits themselves; default 5. */
  readonly cv?: number | readonly Split[] | undefined
  /** What is made as large as possible; default `'accuracy'`. */
  readonly scoring?: 'accuracy' | 'neg_log_loss' | undefined
  /** A weight of at least 0 for each row, in the fits. */
  readonly sampleWeight?: ArrayLike<number> | null | undefined
}

/** How good one C is. */
export interface CurvePoint {
  readonly C: number
  /** The mean of the scores of the folds. */
  readonly mean: number
  /** The standard error of that mean. */
  readonly standardError: number
  /** One score a fold. */
  readonly scores: readonly number[]
}

export interface SearchCResult {
  /** The C with the best mean; of equally good ones the smallest. */
  readonly C: number
  /** The smallest C whose mean lies within one standard error of the best. */
  readonly oneStandardErrorC: number
  /** In ascending order of C. */
  readonly curve: readonly CurvePoint[]
}

/**
 * Finds the C of a logistic regression by cross-validation: each fold is scored by a fit to the others, for each C.
 *
 * @param estimatorOf makes the estimator for a C: a LogisticRegression, or a Pipeline that ends in one
 * @param X a Frame for a pipeline, else rows or a Matrix
 * @throws {ModelError} `invalid_option` when an option is out of its range; `invalid_data` as the estimator's `fit` does, and
 *   when a fold has a class that the others lack
 *
 * Source: `sklearn.linear_model.LogisticRegressionCV`, 1.2; for the rule of one standard error L. Breiman et al.,
 * "Classification and Regression Trees", 1984.
 *
 * @example
 * const { C, curve } = searchC((C) => new LogisticRegression({ C }), X, y, { scoring: 'neg_log_loss' })
 */
export function searchC(
  estimatorOf: (C: number) => Classifier,
  X: ClassifierTable,
  y: readonly Label[],
  options: SearchCOptions = {},
): SearchCResult {
  checkMembers(options, ['Cs', 'cv', 'scoring', 'sampleWeight'], 'searchC')
  if (typeof estimatorOf !== 'function') refuseOption('estimatorOf', estimatorOf, 'a function')
  const { scoring = 'accuracy', sampleWeight, cv = 5 } = options
  checkWord('scoring', scoring, ['accuracy', 'neg_log_loss'])
  checkArrayLike(y, 'y')
  const splits = typeof cv === 'number' ? stratifiedKFold(y, { nSplits: cv }) : cv
  checkArrayLike(splits, 'cv')
  const parts = Array.from(splits).map((split) => ({
    ...takeSplit(X, y, split),
    train: split.train,
  }))
  const weights = sampleWeight ?? undefined
  if (weights !== undefined) checkSampleWeight(weights, y.length)
  const curve = valuesOf(options.Cs ?? 10).map((C): CurvePoint => {
    const scores = parts.map(({ XTrain, yTrain, XTest, yTest, train }) => {
      const fitted = fitClassifier(estimatorOf(C), XTrain, yTrain, {
        sampleWeight: weights && Float64Array.from(train, (row) => weights[row]),
      })
      const { labels, probabilities } = predictWith(fitted, XTest)
      if (scoring === 'accuracy') return accuracyScore(yTest, labels)
      return -logLoss(yTest, probabilities, modelIn(fitted).classes)
    })
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length
    const square = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0)
    const variance = square / Math.max(scores.length - 1, 1)
    return { C, mean, standardError: Math.sqrt(variance / scores.length), scores }
  })
  const best = curve.reduce((a, b) => (b.mean > a.mean ? b : a))
  const simplest = curve.find(({ mean }) => mean >= best.mean - best.standardError) ?? best
  return { C: best.C, oneStandardErrorC: simplest.C, curve }
}

const mostValues = 1000

function valuesOf(Cs: number | readonly number[]): number[] {
  if (typeof Cs === 'number') {
    const isCount = (n: number) => Number.isInteger(n) && n >= 2 && n <= mostValues
    checkNumber('Cs', Cs, isCount, `an integer from 2 to ${mostValues}, or a list of numbers`)
    return Array.from({ length: Cs }, (_, i) => 10 ** (-4 + (8 * i) / (Cs - 1)))
  }
  checkArrayLike(Cs, 'Cs')
  if (Cs.length < 1 || Cs.length > mostValues) {
    refuseOption('Cs', Cs, `from 1 to ${mostValues} numbers`)
  }
  const values = Array.from(Cs)
  for (const [i, C] of values.entries()) {
    const isStrength = (value: number) => value > 0 && Number.isFinite(value)
    checkNumber(`Cs[${i}]`, C, isStrength, 'a finite number above 0')
  }
  return values.sort((a, b) => a - b)
}
