import { compilePipeline, type FittedPipeline } from '@dsapi/model'
import type { Batch } from '../../batch.ts'
import type { ModelInfo } from '../../model-info.ts'
import { type Predictions, predictClasses } from '../../predictions.ts'
import type { ModelRuntime } from '../../runtime.ts'
import { blamingRows } from './refused-rows.ts'

/** Makes what computes of a fitted pipeline that ends in a model. */
export const pipelineRuntime = (fitted: FittedPipeline, info: ModelInfo): ModelRuntime => {
  const { features, output } = info
  const compute = compilePipeline(fitted)
  const blame = blamingRows(fitted.featureNamesIn, info.featureNames)
  const predictSync = (batch: Batch): Predictions => {
    const numbers = blame(() => compute(batch))
    if (output.type === 'classes') {
      return predictClasses(output.classes, numbers, output.threshold)
    }
    return { type: 'values', nRows: batch.nRows, names: output.names, values: numbers }
  }
  return {
    info,
    predictSync,
    ...(features.every(({ type }) => type !== 'text') && {
      predictOne: (numbers: readonly number[]) =>
        Array.from(blame(() => compute({ nRows: 1, numbers, texts: [] }))),
    }),
    predict: async (batch) => predictSync(batch),
    close: async () => {},
  }
}
