import { ModelError } from '../errors.ts'
import { Frame } from '../frame/frame.ts'
import { encodeLabels, type Label } from '../labels.ts'
import { refuseOption } from '../linear-model/check-options.ts'
import { checkSampleWeight } from '../linear-model/class-weights.ts'
import { LogisticRegression } from '../linear-model/logistic-regression.ts'
import { LogisticRegressionModel } from '../linear-model/logistic-regression-model.ts'
import { Matrix, type Rows, toMatrix } from '../matrix.ts'
import type { FittedPipeline } from '../pipeline/fitted-pipeline.ts'
import { Pipeline } from '../pipeline/pipeline.ts'
import { checkArrayLike } from '../validation/check-numbers.ts'
import { show } from '../validation/show.ts'
import type { Split } from './split.ts'
import { takeSplit } from './take-split.ts'

/** What can be fitted to labels. */
export type Classifier = LogisticRegression | Pipeline<LogisticRegression>

/** What it becomes. */
export type FittedClassifier = LogisticRegressionModel | FittedPipeline<LogisticRegressionModel>

/** A table as the one or the other takes it. */
export type ClassifierTable = Rows | Matrix | Frame

/** @throws {ModelError} `invalid_data` when the table is of the wrong kind, and as the estimator's `fit` does */
export function fitClassifier(
  estimator: Classifier,
  X: ClassifierTable,
  y: readonly Label[],
  options: { readonly sampleWeight?: ArrayLike<number> | null | undefined },
): FittedClassifier {
  if (estimator instanceof Pipeline) return estimator.fit(toFrame(X), y, options)
  if (!(estimator instanceof LogisticRegression)) {
    refuseOption('estimator', estimator, 'a LogisticRegression, or a Pipeline that ends in one')
  }
  if (X instanceof Frame) return refuseTable(X, 'rows or a Matrix, or a Pipeline as the estimator')
  return estimator.fit(X, y, options)
}

/** The scores from which a fitted classifier makes probabilities, as a row of numbers for each row. */
function decisionScores(fitted: FittedClassifier, X: ClassifierTable): number[][] {
  const scores = isModel(fitted)
    ? fitted.decisionFunction(toRows(X))
    : fitted.decisionFunction(toFrame(X))
  return scores.map((score) => (typeof score === 'number' ? [score] : score))
}

/** Classes and probabilities by a fitted classifier. */
export function predictWith(
  fitted: FittedClassifier,
  X: ClassifierTable,
): { readonly labels: readonly Label[]; readonly probabilities: Rows | Matrix } {
  if (!isModel(fitted)) {
    const table = toFrame(X)
    return { labels: fitted.predict(table), probabilities: fitted.predictProba(table) }
  }
  const rows = toMatrix(toRows(X))
  return { labels: fitted.predict(rows), probabilities: fitted.predictProba(rows) }
}

/** The model itself, which is the last step of a pipeline. */
export function modelIn(fitted: FittedClassifier): LogisticRegressionModel {
  return isModel(fitted) ? fitted : fitted.model
}

const isModel = (fitted: FittedClassifier): fitted is LogisticRegressionModel =>
  fitted instanceof LogisticRegressionModel

/**
 * For each row the scores by a fit to the folds without it.
 *
 * @throws {ModelError} `invalid_data` when a fit lacks a class, and as the estimator's `fit` does
 *
 * Source: `sklearn.model_selection.cross_val_predict` with `method="decision_function"`.
 */
export function crossValDecision(
  estimator: Classifier,
  X: ClassifierTable,
  y: readonly Label[],
  splits: readonly Split[],
  sampleWeight?: ArrayLike<number> | null | undefined,
): Matrix {
  const nClasses = encodeLabels(y).classes.length
  checkArrayLike(splits, 'splits')
  const width = nClasses === 2 ? 1 : nClasses
  const scores = new Float64Array(y.length * width)
  const weights = sampleWeight ?? undefined
  if (weights !== undefined) checkSampleWeight(weights, y.length)
  for (const split of Array.from(splits)) {
    const { XTrain, yTrain, XTest } = takeSplit(X, y, split)
    const fitted = fitClassifier(estimator, XTrain, yTrain, {
      sampleWeight: weights && Float64Array.from(split.train, (row) => weights[row]),
    })
    const { classes } = modelIn(fitted)
    if (classes.length !== nClasses) {
      throw new ModelError(
        'invalid_data',
        `the rows without one of the folds have only the classes ${show(classes)}; expected rows of all ${nClasses} classes: fewer folds, or more rows`,
      )
    }
    for (const [i, values] of decisionScores(fitted, XTest).entries()) {
      scores.set(values, split.test[i] * width)
    }
  }
  return new Matrix(scores, y.length, width)
}

const toFrame = (X: ClassifierTable): Frame =>
  X instanceof Frame ? X : refuseTable(X, 'a Frame, as a Pipeline takes it')

const toRows = (X: ClassifierTable): Rows | Matrix =>
  X instanceof Frame ? refuseTable(X, 'rows or a Matrix, as the model takes them') : X

const refuseTable = (X: unknown, expected: string): never => {
  throw new ModelError('invalid_data', `X is ${show(X)}; expected ${expected}`)
}
