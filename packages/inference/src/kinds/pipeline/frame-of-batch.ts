import { Frame, TextColumn } from '@dsapi/model'
import type { Batch } from '../../batch.ts'
import type { ModelInfo } from '../../model-info.ts'

/** The rows of a batch as a table whose columns have the names of the fit. */
export const frameOfBatch = (
  columnNames: readonly string[],
  { features }: Pick<ModelInfo, 'features'>,
  { nRows, numbers, texts }: Batch,
): Frame => {
  const width = numbers.length / nRows
  let [number, text] = [0, 0]
  return new Frame(
    features.map(({ type }, j) => [
      columnNames[j],
      type === 'text' ? TextColumn.from(texts[text++]) : strided(numbers, number++, width, nRows),
    ]),
  )
}

/** Every `step`-th number, from `first` on. */
const strided = (numbers: Batch['numbers'], first: number, step: number, count: number) => {
  const column = new Float64Array(count)
  for (let row = 0, at = first; row < count; row++, at += step) column[row] = numbers[at]
  return column
}
