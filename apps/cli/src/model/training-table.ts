import { constants, createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { resolve } from 'node:path'
import { workingFolder } from '@dsapi/config'
import { type Database, type DatabaseSettings, listData } from '@dsapi/db'
import { Matrix, readTableFromPieces, type Table } from '@dsapi/model'
import { CliError, UsageError } from '../cli-error.ts'
import { withDatabase } from '../with-database.ts'

/** Where the rows come from: a CSV file and the name of its label column, or else the data table. */
export type TableSource = { readonly data?: string; readonly label?: string }

/**
 * Reads the rows to train on or to score.
 *
 * @throws UsageError when the options do not go together; CliError when there is nothing to read; ModelError that
 *   names lines and columns when the file is no table
 */
export const readTrainingTable = async (
  database: DatabaseSettings,
  source: TableSource,
): Promise<Table> => {
  if (source.data === undefined) {
    if (source.label !== undefined) {
      throw new UsageError('--label needs --data, the CSV file that has this column')
    }
    return withDatabase(database, readDataTable)
  }
  if (source.label === undefined) {
    throw new UsageError('--data needs --label, the name of the column to predict')
  }
  const path = resolve(workingFolder(), source.data)
  await access(path, constants.R_OK).catch(() => {
    throw new CliError(`There is no file ${path} that could be read`)
  })
  return readTableFromPieces(createReadStream(path, 'utf8'), { label: source.label })
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
  }
}
