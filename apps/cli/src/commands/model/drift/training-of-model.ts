import type { DatabaseSettings } from '@dsapi/db'
import type { Table } from '@dsapi/model'
import type { StoredModel } from '@dsapi/registry'
import { CliError } from '../../../terminal/cli-error.ts'
import type { TableSource } from '../tables/table-options.ts'
import { readTrainingCells, type TrainingCells } from '../tables/training-cells.ts'
import { readTrainingTable } from '../tables/training-table.ts'

/**
 * Reads the training data of a model. That of a model of numbers is read as for fitting one.
 *
 * @throws as `readTrainingTable`; CliError when the data lacks a feature of the model
 */
export const readTrainingOf = async (
  database: DatabaseSettings,
  source: TableSource,
  { model, tag }: StoredModel,
): Promise<TrainingCells> => {
  const { features, output } = model.info
  const isPlain = features.every(({ type, nullable }) => type === 'number' && !nullable)
  if (
    source.data !== undefined &&
    source.label !== undefined &&
    !(isPlain && output.type === 'classes')
  ) {
    return readTrainingCells(source.data, source.label.trim(), features, source.separator)
  }
  const table = await readTrainingTable(database, source)
  const columnOf = createColumnReader(table, tag)
  return {
    nRows: table.X.nRows,
    columns: features.map(({ name }) => columnOf(name)),
    y: table.y,
  }
}

const createColumnReader = ({ X, featureNames }: Table, tag: string) => {
  const placeOf = new Map(featureNames.map((name, place) => [name, place]))
  return (name: string): readonly number[] => {
    const place = placeOf.get(name)
    if (place === undefined) {
      throw new CliError(
        `The training data has no column ${JSON.stringify(name)}, which the served model ${tag} needs. Give the file that the model was fitted to: --data FILE --label COLUMN`,
      )
    }
    return Array.from({ length: X.nRows }, (_, row) => X.row(row)[place])
  }
}
