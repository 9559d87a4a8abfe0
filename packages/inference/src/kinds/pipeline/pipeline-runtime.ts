import type { FittedPipeline, LinearRegressionModel, LogisticRegressionModel } from '@dsapi/model'
import type { Batch } from '../../batch.ts'
import { rowOf } from '../../batch-builder.ts'
import type { ModelInfo } from '../../model-info.ts'
import { type Predictions, predictClasses } from '../../predictions.ts'
import type { Row } from '../../row.ts'
import type { ModelRuntime } from '../../runtime.ts'
import { frameOfBatch } from './frame-of-batch.ts'
import { blamingRows } from './refused-rows.ts'

type Classifier = FittedPipeline<LogisticRegressionModel>
type Regressor = FittedPipeline<LinearRegressionModel>
type ClassInfo = ModelInfo & { readonly output: { readonly type: 'classes' } }
type ValueInfo = ModelInfo & { readonly output: { readonly type: 'values' } }

/** How a pipeline computes: many rows as a table, and one row without one, which is faster. */
type Compute = {
  readonly many: (batch: Batch) => Float64Array
  readonly one: (row: Row) => readonly number[]
}

/** Makes what computes of a fitted pipeline that predicts classes. */
export const classifierRuntime = (fitted: Classifier, info: ClassInfo): ModelRuntime => {
  const { classes } = info.output
  const compute: Compute = {
    many: (batch) => fitted.predictProba(frameOfBatch(fitted.featureNamesIn, info, batch)).data,
    one: (row) => fitted.predictProbaOne(row),
  }
  return runtimeOf(info, compute, fitted, (numbers) => predictClasses(classes, numbers))
}

/** Makes what computes of a fitted pipeline that predicts numbers. */
export const regressorRuntime = (fitted: Regressor, info: ValueInfo): ModelRuntime => {
  const { names } = info.output
  const compute: Compute = {
    many: (batch) => fitted.predict(frameOfBatch(fitted.featureNamesIn, info, batch)),
    one: (row) => [fitted.predictOne(row)],
  }
  return runtimeOf(info, compute, fitted, (values) => ({
    ...{ type: 'values', nRows: values.length, names, values },
  }))
}

const runtimeOf = (
  info: ModelInfo,
  { many, one }: Compute,
  { featureNamesIn }: Pick<Classifier, 'featureNamesIn'>,
  predictionsOf: (numbers: Float64Array) => Predictions,
): ModelRuntime => {
  const { features } = info
  const blame = blamingRows(featureNamesIn, info.featureNames)
  const predictSync = (batch: Batch): Predictions =>
    blame(() => {
      if (batch.nRows === 0) return predictionsOf(new Float64Array(0))
      const numbers =
        batch.nRows === 1 ? Float64Array.from(one(rowOf(features, batch, 0))) : many(batch)
      return predictionsOf(numbers)
    })
  return {
    info,
    predictSync,
    ...(features.every(({ type }) => type !== 'text') && {
      predictOne: (row: readonly number[]) => blame(() => one(row)),
    }),
    predict: async (batch) => predictSync(batch),
    close: async () => {},
  }
}
