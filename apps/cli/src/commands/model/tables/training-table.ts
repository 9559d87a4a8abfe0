import { type Database, type DatabaseSettings, listData } from '@dsapi/db'
import { type ColumnChoice, ModelError, readLabelledTable, type TableLabels } from '@dsapi/model'
import { withDatabase } from '../../../database/with-database.ts'
import { CliError, UsageError } from '../../../terminal/cli-error.ts'
import { explainOption } from './explain-option.ts'
import { openTable } from './open-table.ts'
import { nameOfFile } from './read-bytes.ts'
import type { ColumnOptions, TableSource } from './table-options.ts'

/** The rows to learn from, and what becomes of each column. */
export type TrainingTable = {
  readonly columns: readonly ColumnChoice[]
  /** The name of the column that holds the labels. */
  readonly label: string
  readonly labels: TableLabels
  readonly weights: Float64Array | undefined
  readonly nRows: number
  /** How many rows were left out since they have no label, and words in place of one. */
  readonly nDropped: number
  readonly droppedLabels: readonly string[]
  /** Whether the names of the columns are those of a file. */
  readonly hasHeader: boolean
}

/**
 * Reads the rows to fit or to evaluate.
 *
 * @throws UsageError when the options conflict; CliError when there is nothing to read, or the file is no text or no table:
 *   the message names lines and columns
 */
export const readTrainingTable = async (
  database: DatabaseSettings,
  source: TableSource & ColumnOptions,
): Promise<TrainingTable> => {
  const { data, label } = source
  if (data === undefined) {
    refuseFileOptions(source)
    return withDatabase(database, readDataTable)
  }
  if (label === undefined) {
    throw new UsageError('--data needs --label, the name or the position of the column to predict')
  }
  return explainOption(() => readFile(data, label.trim(), source))
}

const fileOptions = [
  ...(['label', 'separator', 'encoding', 'trustHeader', 'missing', 'missingLabels'] as const),
  ...(['features', 'drop', 'categorical', 'weight'] as const),
]

const refuseFileOptions = (source: TableSource & ColumnOptions) => {
  const given = fileOptions.find((option) => source[option] !== undefined)
  if (given === undefined && source.header !== false) return
  const flag = (given ?? 'noHeader').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  throw new UsageError(`--${flag} needs --data, the CSV file that it applies to`)
}

const readFile = async (
  file: string,
  label: string,
  source: TableSource & ColumnOptions,
): Promise<TrainingTable> => {
  const { format, seeming, pieces } = await openTable(file, label, source)
  const { features, drop, categorical, weight, missing, missingLabels } = source
  try {
    const table = await readLabelledTable(pieces, format, {
      ...{ label, features, drop, categorical, weight, missing, missingLabels },
    })
    return { ...table, hasHeader: format.hasHeader }
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    const name = nameOfFile(file)
    const other =
      format.delimiter === seeming
        ? ''
        : `, whose fields seem to be separated by ${JSON.stringify(seeming)} and not by ${JSON.stringify(format.delimiter)}`
    const header =
      format.hasHeader || source.header === false
        ? ''
        : ', whose first line looks like data and not like names'
    const { facts } = error
    const isUnnamed = header !== '' && facts.option === 'label'
    throw new ModelError(error.code, `${name}${other}${header}: ${error.message}`, {
      ...facts,
      ...(isUnnamed && { option: 'trustHeader' }),
    })
  }
}

const readDataTable = async (db: Database): Promise<TrainingTable> => {
  const rows = await listData(db)
  if (rows.length === 0) {
    throw new CliError('The data table is empty. Fill it (dsapi gendb), or give a file: --data')
  }
  const y = rows.map((row) => row.class)
  const nDistinct = new Set(y).size
  const numbers = ['feature_a', 'feature_b'] as const
  return {
    columns: [
      ...numbers.map((name): ColumnChoice => {
        const column = Float64Array.from(rows, (row) => row[name])
        const found = { kind: 'number', nMissing: 0, nDistinct: new Set(column).size } as const
        return { name, ...found, use: { type: 'number', column, form: 'number' } }
      }),
      { name: 'class', kind: 'number', nMissing: 0, nDistinct, use: { type: 'label' } },
    ],
    label: 'class',
    labels: { nDistinct, numbers: Float64Array.from(y), toClasses: () => y, missing: [] },
    ...{ weights: undefined, nRows: rows.length, nDropped: 0, droppedLabels: [], hasHeader: true },
  }
}
