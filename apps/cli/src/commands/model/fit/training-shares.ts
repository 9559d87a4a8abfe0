import type { Cell } from '@dsapi/inference'
import { countCells, countLabels, type TrainingShares } from '@dsapi/registry'
import type { TrainingTable } from '../tables/training-table.ts'
import { featuresOf } from './table-estimator.ts'
import type { Task } from './task.ts'

/** More rows than this are not counted: the deciles of so many are those of all. */
const mostRows = 100_000
/** Of a table with more columns, no shares are stored. */
const mostColumns = 1000

/** Counts the training data, for comparisons with predictions at a later time. Of many rows, some at equal distances are counted. */
export const sharesOfTable = (table: TrainingTable, task: Task): TrainingShares | undefined => {
  const features = featuresOf(table)
  if (features.length > mostColumns) return undefined
  const nRows = Math.min(table.nRows, mostRows)
  const rows = Array.from({ length: nRows }, (_, i) => Math.floor((i * table.nRows) / nRows))
  const isOfClasses = task === 'classification'
  const labels = isOfClasses ? table.labels.toClasses() : (table.labels.numbers ?? [])
  return {
    nRows,
    features: features.map(({ name, column }) => {
      const isText = !(column instanceof Float64Array)
      return {
        name,
        ...countCells(
          isText,
          rows.map((row) => cellAt(column, row)),
        ),
      }
    }),
    ...countLabels(
      rows.map((row) => labels[row]),
      isOfClasses,
    ),
  }
}

type Column = ReturnType<typeof featuresOf>[number]['column']

const cellAt = (column: Column, row: number): Cell => {
  if (column instanceof Float64Array) return Number.isNaN(column[row]) ? null : column[row]
  const code = column.codes[row]
  return code < 0 ? null : column.values[code]
}
