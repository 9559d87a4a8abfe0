import { type Database, listData } from '@dsapi/db'
import type { Cell, Feature } from '@dsapi/inference'
import type { Label } from '@dsapi/model'

/** The data that a model was fitted to, by its features, and what it was to answer. */
export type TrainingCells = {
  readonly nRows: number
  /** In the order of the features. */
  readonly columns: readonly (readonly Cell[])[]
  readonly y: readonly Label[]
}

const dataColumns = ['feature_a', 'feature_b'] as const

/** Reads the data table as the training data of a model; undefined if it is empty, or lacks one of the features. */
export const readDataCells = async (
  db: Database,
  features: readonly Pick<Feature, 'name'>[],
): Promise<TrainingCells | undefined> => {
  const named = features.flatMap(({ name }) => dataColumns.find((column) => column === name) ?? [])
  if (named.length < features.length) return undefined
  const rows = await listData(db)
  if (rows.length === 0) return undefined
  return {
    nRows: rows.length,
    columns: named.map((column) => rows.map((row) => row[column])),
    y: rows.map((row) => row.class),
  }
}
