import { type ColumnMap, composeMaps } from '../column-maps/column-map.ts'
import {
  type FittedColumns,
  fittedColumns,
  type InputFeature,
  inputFeatures,
} from '../column-maps/fitted-columns.ts'
import type { FittedTransformer } from '../column-maps/transformer.ts'
import { writeMatrix } from '../column-maps/write-matrix.ts'
import { writeRow } from '../column-maps/write-row.ts'
import { ModelError } from '../errors.ts'
import type { Cell } from '../frame/cell.ts'
import type { Frame } from '../frame/frame.ts'
import type { Label } from '../labels.ts'
import type { LinearRegressionModel } from '../linear-model/linear-regression-model.ts'
import type { LogisticRegressionModel } from '../linear-model/logistic-regression-model.ts'
import type { Matrix } from '../matrix.ts'
import { checkDifferent } from '../persistence/read-columns.ts'
import { refuseModel } from '../persistence/read-json.ts'

/** A step that has seen its data. */
export interface FittedStep {
  readonly name: string
  readonly transformer: FittedTransformer
}

/** What a pipeline may end in. */
export type PipelineModel = LogisticRegressionModel | LinearRegressionModel

/** The last step: a model, or none. */
export interface FittedModelStep<M extends PipelineModel | undefined> {
  readonly model: M
  /** The name of its step. */
  readonly modelName?: string
}

export interface PipelineParameters<M extends PipelineModel | undefined>
  extends FittedModelStep<M> {
  readonly steps: readonly FittedStep[]
  /** The columns that are read, and what all steps together do with them. */
  readonly input: FittedColumns
}

/** A fitted pipeline as JSON: each step in its own form. */
export interface PipelineJSON {
  readonly format: 'dsapi-pipeline'
  readonly formatVersion: 1
  readonly input: readonly { readonly name: string; readonly kind: 'number' | 'text' }[]
  readonly steps: readonly { readonly name: string; readonly step: object }[]
}

/**
 * A pipeline that has seen its data. It takes tables with the columns of the fit, by name and in any order, or single rows
 * with their values in the order of `featureNamesIn`. `pipelineFromJSON` reads what `JSON.stringify` writes.
 */
export class FittedPipeline<M extends PipelineModel | undefined = PipelineModel | undefined>
  implements FittedTransformer
{
  readonly steps: readonly FittedStep[]
  /** The fitted estimator, which takes what {@link transform} gives; undefined where there is none. */
  readonly model: M
  readonly modelName: string
  readonly input: FittedColumns

  /** @throws {ModelError} `invalid_model` when two steps have the same name */
  constructor({ input, steps, model, modelName = 'model' }: PipelineParameters<M>) {
    checkDifferent([...steps.map(({ name }) => name), modelName], 'steps')
    this.input = input
    this.steps = steps
    this.model = model
    this.modelName = modelName
  }

  get featureNamesIn(): readonly string[] {
    return this.input.names
  }

  /** What each column has to be: its kind, whether it may be missing, and the values that an encoder knows. */
  get features(): readonly InputFeature[] {
    return inputFeatures(this.input)
  }

  /** The names of the columns that the transformers give, and the model takes. */
  getFeatureNamesOut(): string[] {
    return this.steps.at(-1)?.transformer.getFeatureNamesOut() ?? [...this.input.names]
  }

  /**
   * What the transformers give.
   *
   * @throws {ModelError} `invalid_data` when a column of the fit is missing or of another kind, or a value is unknown
   */
  transform(X: Frame): Matrix {
    return writeMatrix(this.input, X)
  }

  /** The same of one row: a value for each column of the fit. @throws {ModelError} as {@link transform} does */
  transformOne(row: ArrayLike<Cell>): Float64Array {
    return writeRow(this.input, row)
  }

  /**
   * The most probable class of each row; numbers where the model is a linear regression.
   *
   * @throws {ModelError} as {@link transform} does, and when a missing value reaches the model
   */
  predict(this: FittedPipeline<LogisticRegressionModel>, X: Frame): Label[]
  predict(this: FittedPipeline<LinearRegressionModel>, X: Frame): Float64Array
  predict(this: FittedPipeline<PipelineModel>, X: Frame): Label[] | Float64Array {
    return modelOf(this, 'predict').predict(writeMatrix(this.input, X, true))
  }

  /**
   * The number for one row: the fast way for a server.
   *
   * @param row a value for each of `featureNamesIn`, null where one is missing
   * @throws {ModelError} `invalid_data`, naming the column
   */
  predictOne(this: FittedPipeline<LinearRegressionModel>, row: ArrayLike<Cell>): number {
    return modelOf(this, 'predictOne').predictOne(writeRow(this.input, row, true))
  }

  /**
   * Probabilities: for each row as many as there are classes, in the order of `model.classes`.
   *
   * @throws {ModelError} as {@link predict} does
   */
  predictProba(this: FittedPipeline<LogisticRegressionModel>, X: Frame): Matrix {
    return modelOf(this, 'predictProba').predictProba(writeMatrix(this.input, X, true))
  }

  /**
   * The scores from which the probabilities are made: for two classes one number a row, else one a class.
   *
   * @throws {ModelError} as {@link predict} does
   */
  decisionFunction(this: FittedPipeline<LogisticRegressionModel>, X: Frame): number[] | number[][] {
    return modelOf(this, 'decisionFunction').decisionFunction(writeMatrix(this.input, X, true))
  }

  /**
   * Probabilities of one row: the fast way for a server.
   *
   * @param row a value for each of `featureNamesIn`, null where one is missing
   * @throws {ModelError} `invalid_data`, naming the column
   */
  predictProbaOne(this: FittedPipeline<LogisticRegressionModel>, row: ArrayLike<Cell>): number[] {
    return modelOf(this, 'predictProbaOne').predictProbaOne(writeRow(this.input, row, true))
  }

  /**
   * The share of rows whose most probable class is the one in `y`; R² where the model is a linear regression.
   *
   * @throws {ModelError} as the model's `score` does
   */
  score(this: FittedPipeline<LogisticRegressionModel>, X: Frame, y: ArrayLike<Label>): number
  score(this: FittedPipeline<LinearRegressionModel>, X: Frame, y: ArrayLike<number>): number
  score(this: FittedPipeline<PipelineModel>, X: Frame, y: ArrayLike<never>): number {
    return modelOf(this, 'score').score(writeMatrix(this.input, X, true), y)
  }

  /** The same pipeline with another model of the same columns, such as one with a calibration or a threshold. */
  withModel<N extends PipelineModel>(model: N): FittedPipeline<N> {
    const { input, steps, modelName } = this
    return new FittedPipeline({ input, steps, modelName, model })
  }

  toJSON(): PipelineJSON {
    const { names, kinds } = this.input
    const steps = this.steps.map(({ name, transformer }) => ({ name, step: transformer.toJSON() }))
    const last = this.model && { name: this.modelName, step: this.model.toJSON() }
    return {
      ...{ format: 'dsapi-pipeline', formatVersion: 1 },
      input: names.map((name, j) => ({ name, kind: kinds[j] })),
      steps: last === undefined ? steps : [...steps, last],
    }
  }
}

function modelOf<M extends PipelineModel>({ model }: FittedPipeline<M>, method: string): M {
  if (model !== undefined && method in model) return model
  throw new ModelError(
    'invalid_data',
    `the last step of the pipeline has no ${method}; expected an estimator that has it as the last step`,
  )
}

/**
 * What all steps together do with the columns of the first.
 *
 * @throws {ModelError} `invalid_model` when a step does not take what the one before it gives
 */
export function joinSteps(first: FittedColumns, steps: readonly FittedStep[]): FittedColumns {
  const [start, ...others] = steps
  if (start === undefined) return first
  const outputs = { ...start.transformer.input, given: start.transformer.getFeatureNamesOut() }
  let maps: readonly ColumnMap[] = outputs.maps
  let given = outputs.given
  for (const { name, transformer } of others) {
    const positions = new Map(given.map((output, k) => [output, k]))
    const own = transformer.input.names.map(
      (column) =>
        positions.get(column) ?? refuseModel(`step ${name} takes another column, ${column}`),
    )
    maps = composeMaps(
      maps,
      transformer.input.maps.map((map) => ({ ...map, from: own[map.from] })),
    )
    given = transformer.getFeatureNamesOut()
  }
  return fittedColumns(outputs.names, outputs.kinds, maps)
}
