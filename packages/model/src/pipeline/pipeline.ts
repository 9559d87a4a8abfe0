import { identityMap } from '../column-maps/column-map.ts'
import {
  checkNotEmpty,
  type FittedColumns,
  fittedColumns,
  kindsOf,
} from '../column-maps/fitted-columns.ts'
import type { Transformer } from '../column-maps/transformer.ts'
import { writeEncoded } from '../column-maps/write-encoded.ts'
import { writeFrame } from '../column-maps/write-frame.ts'
import { writeMatrix } from '../column-maps/write-matrix.ts'
import { ModelError } from '../errors.ts'
import type { Frame } from '../frame/frame.ts'
import type { Label } from '../labels.ts'
import { refuseOption } from '../linear-model/check-options.ts'
import type { ElasticNet, Lasso } from '../linear-model/elastic-net.ts'
import type { LinearRegression } from '../linear-model/linear-regression.ts'
import type { LinearRegressionModel } from '../linear-model/linear-regression-model.ts'
import { type FitOptions, LogisticRegression } from '../linear-model/logistic-regression.ts'
import type { LogisticRegressionModel } from '../linear-model/logistic-regression-model.ts'
import type { Ridge } from '../linear-model/ridge.ts'
import type { Matrix } from '../matrix.ts'
import { featureNameProblem } from '../validation/feature-names.ts'
import { show } from '../validation/show.ts'
import { checkSteps } from './check-steps.ts'
import {
  type FittedModelStep,
  FittedPipeline,
  type FittedStep,
  joinSteps,
  type PipelineModel,
} from './fitted-pipeline.ts'

/** A name and a transformer, or, as the last step, an estimator. */
export type PipelineStep<S> = readonly [name: string, step: S]

/** What the last step of a pipeline may be. */
export type LastStep = Transformer | Estimator

/** What is fitted on the result of the transformers. */
type Estimator = LogisticRegression | Regressor

/** What predicts numbers. */
type Regressor = LinearRegression | Ridge | ElasticNet | Lasso

/** Any of them, each of which checks its labels or numbers. */
interface FittedOnLabels {
  fit(X: Matrix, y: ArrayLike<Label>, options: FitOptions): PipelineModel
}

/** The model that a last step becomes; undefined for a transformer. */
export type ModelOf<S extends LastStep> = S extends LogisticRegression
  ? LogisticRegressionModel
  : S extends Regressor
    ? LinearRegressionModel
    : undefined

/** Options of the estimator's fit. The names of its columns are those that the transformers give. */
export type PipelineFitOptions = Omit<FitOptions, 'featureNames'>

/**
 * Transformers one after the other, and an estimator that is fitted on their result. The fitted pipeline takes tables as
 * the first transformer does, so that it is stored and served as one model.
 *
 * Source: `sklearn.pipeline.Pipeline`, 1.2.
 *
 * @example
 * const X = new Frame({ age: [20, null, 40, 60], sex: ['male', 'female', 'male', 'female'] })
 * const numbers = new Pipeline([
 *   ['impute', new SimpleImputer({ strategy: 'median' })],
 *   ['scale', new StandardScaler()],
 * ])
 * const columns = new ColumnTransformer([
 *   ['num', numbers, ['age']],
 *   ['cat', new OneHotEncoder({ handleUnknown: 'ignore' }), ['sex']],
 * ])
 * const model = new Pipeline([['columns', columns], ['model', new LogisticRegression()]])
 *   .fit(X, ['no', 'yes', 'no', 'yes'])
 * model.predict(new Frame({ age: [null], sex: ['female'] })) // ['yes']
 */
export class Pipeline<S extends LastStep> implements Transformer {
  readonly #transformers: readonly PipelineStep<Transformer>[]
  readonly #estimator: PipelineStep<FittedOnLabels> | undefined

  /** @throws {ModelError} `invalid_option` when a step is none, a name is there twice, or an estimator is not the last */
  constructor(steps: readonly [...(readonly PipelineStep<Transformer>[]), PipelineStep<S>]) {
    checkSteps(steps, 'steps', 2)
    const transformers: PipelineStep<Transformer>[] = []
    let estimator: PipelineStep<FittedOnLabels> | undefined
    for (const [name, step] of steps as readonly PipelineStep<LastStep>[]) {
      if (estimator !== undefined) {
        refuseOption(
          `step ${show(estimator[0])}`,
          estimator[1],
          'an estimator as the last step only',
        )
      }
      if (isTransformer(step)) transformers.push([name, step])
      else if (isEstimator(step)) estimator = [name, step]
      else refuseOption(`step ${show(name)}`, step, 'a transformer or an estimator')
    }
    this.#transformers = transformers
    this.#estimator = estimator
  }

  /**
   * Fits each transformer on what the ones before it give, and the estimator on what comes out.
   *
   * @param y a label or a number for each row, where the last step is an estimator
   * @param options for the estimator
   * @throws {ModelError} `invalid_data` when a step refuses its data, or a missing value reaches the estimator
   */
  fit(
    X: Frame,
    y?: ArrayLike<Label>,
    options: PipelineFitOptions = {},
  ): FittedPipeline<ModelOf<S>> {
    const { input, steps } = this.#fitTransformers(X)
    const model = this.#fitEstimator(input, steps, X, y, options)
    return new FittedPipeline({ input, steps, ...model })
  }

  /** What the transformers give. @throws {ModelError} as {@link fit} does */
  fitTransform(X: Frame): Matrix {
    return writeMatrix(this.#fitTransformers(X).input, X)
  }

  #fitTransformers(X: Frame): { readonly input: FittedColumns; readonly steps: FittedStep[] } {
    checkNotEmpty(X)
    let table = X
    const steps: FittedStep[] = []
    for (const [i, [name, step]] of this.#transformers.entries()) {
      const transformer = step.fit(table)
      steps.push({ name, transformer })
      const isLast = i === this.#transformers.length - 1
      if (!isLast) table = writeFrame(transformer.input, table, transformer.getFeatureNamesOut())
    }
    return { input: joinSteps(inputOf(X), steps), steps }
  }

  #fitEstimator(
    input: FittedColumns,
    steps: readonly FittedStep[],
    X: Frame,
    y: ArrayLike<Label> | undefined,
    options: PipelineFitOptions,
  ): FittedModelStep<ModelOf<S>> {
    // What `#estimator` is follows from S, which the compiler cannot know of a field.
    if (this.#estimator === undefined) return { model: undefined } as FittedModelStep<ModelOf<S>>
    const [modelName, estimator] = this.#estimator
    if (y === undefined) {
      throw new ModelError('invalid_data', 'y is missing; expected a label for each row')
    }
    const names = steps.at(-1)?.transformer.getFeatureNamesOut() ?? input.names
    const fitOptions = { ...options, featureNames: usableNames(names) }
    const takesCodes = estimator instanceof LogisticRegression && estimator.takesCodes
    const model =
      takesCodes && input.width < X.nRows && hasEncodings(input)
        ? estimator.fit(writeEncoded(input, X), y, fitOptions)
        : estimator.fit(writeMatrix(input, X, true), y, fitOptions)
    return { model, modelName } as FittedModelStep<ModelOf<S>>
  }
}

const hasEncodings = ({ maps }: FittedColumns) => maps.some(({ gives }) => gives === 'one-hot')

/** All columns of a table as they are. */
function inputOf(X: Frame): FittedColumns {
  const kinds = kindsOf(X)
  const maps = kinds.map((kind, from) => identityMap(from, kind))
  return fittedColumns(X.names, kinds, maps)
}

/** A name of a category may be none that a model takes; without names the model calls its columns x0, x1, … */
function usableNames(names: readonly string[]): readonly string[] | undefined {
  const areUsable = names.every((name) => featureNameProblem(name) === undefined)
  return areUsable && new Set(names).size === names.length ? names : undefined
}

function isTransformer(step: unknown): step is Transformer {
  return typeof step === 'object' && step !== null && 'fitTransform' in step
}

function isEstimator(step: unknown): step is FittedOnLabels {
  return typeof step === 'object' && step !== null && 'fit' in step
}
