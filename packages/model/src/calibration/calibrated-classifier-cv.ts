import type { Frame } from '../frame/frame.ts'
import type { Label } from '../labels.ts'
import {
  checkMembers,
  checkNumber,
  checkWord,
  refuseOption,
} from '../linear-model/check-options.ts'
import { LogisticRegression } from '../linear-model/logistic-regression.ts'
import type { LogisticRegressionModel } from '../linear-model/logistic-regression-model.ts'
import type { Matrix, Rows } from '../matrix.ts'
import {
  type Classifier,
  type ClassifierTable,
  crossValDecision,
  type FittedClassifier,
  fitClassifier,
  modelIn,
} from '../model-selection/cross-val-decision.ts'
import { stratifiedKFold } from '../model-selection/k-fold.ts'
import { FittedPipeline } from '../pipeline/fitted-pipeline.ts'
import { Pipeline } from '../pipeline/pipeline.ts'
import { fitCalibration } from './calibration.ts'

export interface CalibratedClassifierOptions {
  /** `'sigmoid'` (default), Platt's scaling; or `'isotonic'`, for a thousand rows or more. */
  readonly method?: 'sigmoid' | 'isotonic' | undefined
  /** Folds; default 5. */
  readonly cv?: number | undefined
}

/** What the estimator becomes. */
type FittedBy<E extends Classifier> = E extends LogisticRegression
  ? LogisticRegressionModel
  : FittedPipeline<LogisticRegressionModel>

/**
 * Fits a classifier, and makes its probabilities agree with how often the classes occur: each row gets a score by a fit
 * to the folds without it, the calibration is fitted to these scores, and the classifier to all rows.
 *
 * Source: `sklearn.calibration.CalibratedClassifierCV` with `ensemble=False`, 1.2.
 *
 * @example
 * const model = new CalibratedClassifierCV(new LogisticRegression(), { method: 'isotonic' }).fit(X, y)
 * model.predictProba(X)
 */
export class CalibratedClassifierCV<E extends Classifier> {
  readonly #estimator: E
  readonly #options: CalibratedClassifierOptions

  /** @throws {ModelError} `invalid_option` when the estimator is none, or an option is unknown or out of its range */
  constructor(estimator: E, options: CalibratedClassifierOptions = {}) {
    if (!(estimator instanceof LogisticRegression || estimator instanceof Pipeline)) {
      refuseOption('estimator', estimator, 'a LogisticRegression, or a Pipeline that ends in one')
    }
    checkMembers(options, ['method', 'cv'], 'CalibratedClassifierCV')
    checkWord('method', options.method ?? 'sigmoid', ['sigmoid', 'isotonic'])
    checkNumber('cv', options.cv ?? 5, (n) => Number.isInteger(n) && n >= 2, 'an integer from 2')
    this.#estimator = estimator
    this.#options = { ...options }
  }

  /**
   * Fits the classifier and the calibration.
   *
   * @param X a Frame for a pipeline, else rows or a Matrix
   * @param y a label for each row; of each class, some rows have to be in other folds than the first
   * @throws {ModelError} as the estimator's `fit` does
   */
  fit(
    X: E extends LogisticRegression ? Rows | Matrix : Frame,
    y: readonly Label[],
    options: { readonly sampleWeight?: ArrayLike<number> | null | undefined } = {},
  ): FittedBy<E> {
    checkMembers(options, ['sampleWeight'], 'fit')
    const { method, cv } = this.#options
    const { sampleWeight } = options
    const table: ClassifierTable = X
    const splits = stratifiedKFold(y, { nSplits: cv ?? 5 })
    const fitted = fitClassifier(this.#estimator, table, y, { sampleWeight })
    const scores = crossValDecision(this.#estimator, table, y, splits, sampleWeight)
    const calibration = fitCalibration(scores, y, { method, sampleWeight })
    // What is fitted follows from E, which the compiler cannot know of a field.
    return withModel(fitted, modelIn(fitted).withCalibration(calibration)) as FittedBy<E>
  }
}

const withModel = (fitted: FittedClassifier, model: LogisticRegressionModel): FittedClassifier =>
  fitted instanceof FittedPipeline ? fitted.withModel(model) : model
