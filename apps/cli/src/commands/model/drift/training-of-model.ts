import type { DatabaseSettings } from '@dsapi/db'
import type { StoredModel, TrainingCells } from '@dsapi/registry'
import { CliError } from '../../../terminal/cli-error.ts'
import type { TableSource } from '../tables/table-options.ts'
import { readTrainingCells } from '../tables/training-cells.ts'
import { readTrainingTable, type TrainingTable } from '../tables/training-table.ts'

/**
 * Reads the training data of a model: the columns of its features.
 *
 * @throws as `readTrainingTable`; CliError when the data lacks a feature of the model
 */
export const readTrainingOf = async (
  database: DatabaseSettings,
  source: TableSource,
  { model, tag }: StoredModel,
): Promise<TrainingCells> => {
  const { features } = model.info
  if (source.data !== undefined && source.label !== undefined) {
    return readTrainingCells(source.data, source.label.trim(), features, source)
  }
  const table = await readTrainingTable(database, source)
  return {
    nRows: table.nRows,
    columns: features.map(({ name }) => numbersOf(table, name, tag)),
    y: table.labels.toClasses(),
  }
}

const numbersOf = ({ columns }: TrainingTable, name: string, tag: string): readonly number[] => {
  const use = columns.find((column) => column.name === name)?.use
  if (use?.type === 'number' && use.column instanceof Float64Array) return Array.from(use.column)
  throw new CliError(
    `The training data has no column ${JSON.stringify(name)}, which the served model ${tag} needs. Give the file that the model was fitted to: --data FILE --label COLUMN`,
  )
}
