import { type Database, type DatabaseSettings, listData } from '@dsapi/db'
import { Matrix, ModelError, readTableFromPieces, type Table } from '@dsapi/model'
import { withDatabase } from '../../../database/with-database.ts'
import { CliError, UsageError } from '../../../terminal/cli-error.ts'
import { say } from '../../../terminal/output.ts'
import { explainOption } from './explain-option.ts'
import { findSeparator } from './find-separator.ts'
import { readTextFile } from './read-text-file.ts'
import type { TableSource } from './table-options.ts'

/**
 * Reads the rows to fit or to evaluate.
 *
 * @throws UsageError when the options conflict; CliError when there is nothing to read, or the file is not text in
 *   UTF-8 or not a table: the message names lines and columns
 */
export const readTrainingTable = async (
  database: DatabaseSettings,
  source: TableSource,
): Promise<Table> => {
  const { data, label } = source
  if (data === undefined) {
    refuseFileOptions(source)
    return withDatabase(database, readDataTable)
  }
  if (label === undefined) {
    throw new UsageError('--data needs --label, the name of the column that holds the classes')
  }
  const table = await explainOption(() => readCsvFile(data, label.trim(), source))
  if (table.nDropped > 0) {
    say(
      `Left out ${table.nDropped} of ${table.nDropped + table.X.nRows} rows, which have no label.`,
    )
  }
  return table
}

const fileOptions = ['label', 'separator', 'missingLabels', 'trustHeader'] as const

const refuseFileOptions = (source: TableSource) => {
  const given = fileOptions.find((option) => source[option] !== undefined)
  if (given === undefined) return
  const flag = given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  throw new UsageError(`--${flag} needs --data, the CSV file that it applies to`)
}

const readCsvFile = async (data: string, label: string, source: TableSource): Promise<Table> => {
  const found = await findSeparator(readTextFile(data), label)
  const { separator = found.separator, missingLabels, trustHeader } = source
  try {
    return await readTableFromPieces(found.pieces, {
      ...{ label, delimiter: separator, missingLabels, trustHeader },
    })
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    const shown = JSON.stringify(data)
    const name =
      separator === found.separator
        ? shown
        : `${shown}, whose fields seem to be separated by ${JSON.stringify(found.separator)} and not by ${JSON.stringify(separator)}`
    throw new ModelError(error.code, `${name}: ${error.message}`, error.facts)
  }
}

const readDataTable = async (db: Database): Promise<Table> => {
  const rows = await listData(db)
  if (rows.length === 0) {
    throw new CliError('The data table is empty. Fill it (dsapi gendb), or give a file: --data')
  }
  return {
    featureNames: ['feature_a', 'feature_b'],
    X: Matrix.fromRows(rows.map(({ feature_a, feature_b }) => [feature_a, feature_b])),
    y: rows.map((row) => row.class),
    nDropped: 0,
  }
}
