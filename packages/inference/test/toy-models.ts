import type { Batch } from '../src/batch.ts'
import { rowOf } from '../src/batch-builder.ts'
import { InputError } from '../src/input-error.ts'
import type { Feature, ModelInfo, Output } from '../src/model-info.ts'
import { type Predictions, predictClasses } from '../src/predictions.ts'
import type { Row } from '../src/row.ts'
import type { ModelRuntime } from '../src/runtime.ts'

/** A feature of each type; of two of them the value may be missing. */
export const orderFeatures: readonly Feature[] = [
  { name: 'price', type: 'number', nullable: true },
  { name: 'colour', type: 'text', nullable: true, categories: ['red', 'blue', ''] },
  { name: 'items', type: 'integer', nullable: false },
  { name: 'express', type: 'boolean', nullable: false },
  { name: 'note', type: 'text', nullable: false },
]

/** What a row is answered: how much it costs, and how long its texts are. */
export const costOf = (row: Row): number =>
  row.reduce<number>((sum, cell) => sum + (typeof cell === 'number' ? cell : 0), 0)
export const lengthOf = (row: Row): number =>
  row.reduce<number>((sum, cell) => sum + (typeof cell === 'string' ? cell.length : 0), 0)

/** A model that answers each row with `answer`, and refuses the rows for which that throws. */
const runtimeOf = (
  output: Output,
  features: readonly Feature[],
  answer: (row: Row) => readonly number[],
): ModelRuntime => {
  const info: ModelInfo = {
    format: 'toy',
    precision: 'float64',
    features,
    featureNames: features.map(({ name }) => name),
    output,
  }
  const predictSync = (batch: Batch): Predictions => {
    const numbers = Float64Array.from(
      Array.from({ length: batch.nRows }, (_, at) => {
        const row = rowOf(features, batch, at)
        requireKnown(features, row, at)
        return answer(row)
      }).flat(),
    )
    return output.type === 'classes'
      ? predictClasses(output.classes, numbers)
      : { type: 'values', nRows: batch.nRows, names: output.names, values: numbers }
  }
  return { info, predictSync, predict: async (batch) => predictSync(batch), close: async () => {} }
}

const requireKnown = (features: readonly Feature[], row: Row, at: number) => {
  for (const [j, { name, categories }] of features.entries()) {
    const cell = row[j]
    if (categories === undefined || cell === null || categories.includes(cell)) continue
    throw new InputError('must be one of red, blue', { row: at, field: name })
  }
}

/** Answers orders with one value, with two, or with one of the classes 0 and "dear". */
export const oneValue = runtimeOf({ type: 'values', names: ['cost'] }, orderFeatures, (row) => [
  costOf(row),
])
export const twoValues = runtimeOf(
  { type: 'values', names: ['cost', 'text length'] },
  orderFeatures,
  (row) => [costOf(row), lengthOf(row)],
)
export const someClasses = runtimeOf(
  { type: 'classes', classes: [0, 'dear'] },
  orderFeatures,
  (row) => (costOf(row) > 10 ? [0.25, 0.75] : [1, 0]),
)
/** Answers with a number that is not finite where the value is negative. */
export const sometimesInfinite = runtimeOf(
  { type: 'values', names: ['root'] },
  [{ name: 'x', type: 'number', nullable: false }],
  ([x]) => [Math.sqrt(Number(x))],
)
