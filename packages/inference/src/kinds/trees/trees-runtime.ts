import { type Rows, type TreeEnsemble, warnOfDuplicates } from '@dsapi/trees'
import type { Batch } from '../../batch.ts'
import type { ModelInfo } from '../../model-info.ts'
import type { ModelOptions } from '../../model-options.ts'
import { type Predictions, predictClasses } from '../../predictions.ts'
import type { ModelRuntime } from '../../runtime.ts'
import { describeInputs } from './describe-inputs.ts'
import { describeOutput, type TreesOutput } from './describe-output.ts'
import { createRowFiller } from './row-filler.ts'

/**
 * Makes what computes of a model of trees.
 *
 * @throws ModelOptionsError when the options do not go with the model
 */
export const treesRuntime = (model: TreeEnsemble, options: ModelOptions): ModelRuntime => {
  const inputs = describeInputs(model.features, options)
  const described = describeOutput(model.facts, options)
  const features = inputs.map(({ feature }) => feature)
  const { format, producer, precision } = model.facts
  const { output } = described
  const info: ModelInfo = {
    ...{ format, producer, precision, features, output },
    featureNames: features.map(({ name }) => name),
    warnings: warningsOf(model),
  }
  const compute = numbersOf(model, described)
  const fill = createRowFiller(inputs, format !== 'lightgbm-text')
  const predictSync = (batch: Batch): Predictions => {
    const { nRows } = batch
    const numbers = compute(fill(batch), nRows)
    return output.type === 'classes'
      ? predictClasses(output.classes, numbers)
      : { type: 'values', nRows, names: output.names, values: numbers }
  }
  const isPlain = inputs.every(({ codes }) => codes === undefined)
  const one = new Float64Array(features.length)
  return {
    info,
    predictSync,
    ...(isPlain && {
      predictOne: (row: readonly number[]) => {
        one.set(row)
        return Array.from(compute(one, 1))
      },
    }),
    predict: async (batch) => predictSync(batch),
    close: async () => {},
  }
}

const numbersOf = (model: TreeEnsemble, { numbers }: TreesOutput) => {
  switch (numbers) {
    case 'probabilities':
      return (rows: Rows, count: number) => model.predictProbabilities(rows, count)
    case 'predictions':
      return (rows: Rows, count: number) => model.predict(rows, count)
    case 'margins':
      return (rows: Rows, count: number) => model.predictMargin(rows, count)
  }
}

const warningsOf = ({ facts, features }: TreeEnsemble): readonly string[] => {
  // By now all features have names of their own.
  const settled = warnOfDuplicates(features.map(({ name }) => name))
  const warnings = facts.warnings.filter((warning) => !settled.includes(warning))
  if (facts.output.kind === 'margin') warnings.push(`The margin is served. ${facts.output.reason}`)
  if (!facts.missing.nan) {
    warnings.push('It was trained without missing values, so it takes a missing number for 0.')
  }
  return warnings
}
