import type { Feature } from '@dsapi/inference'
import { type Label, parseDecimal } from '@dsapi/model'
import type { TrainingCells } from '@dsapi/registry'
import { readLabelledRows } from './labelled-rows.ts'
import type { TableSource } from './table-options.ts'

/**
 * Reads the columns of a CSV file as a model reads the rows of a batch. Rows without a label are left out.
 *
 * @throws as `readLabelledRows`
 */
export const readTrainingCells = async (
  file: string,
  label: string,
  features: readonly Feature[],
  source?: TableSource,
): Promise<TrainingCells> => {
  const { rows, labels } = await readLabelledRows(file, label, features, source)
  const columns = features.map((_, j) => rows.map((row) => row[j]))
  return { nRows: labels.length, columns, y: asLabels(labels) }
}

/** Labels are numbers if all of them are. */
const asLabels = (labels: readonly string[]): readonly Label[] => {
  const numbers = labels.flatMap((label) => parseDecimal(label) ?? [])
  return numbers.length === labels.length ? numbers : labels
}
