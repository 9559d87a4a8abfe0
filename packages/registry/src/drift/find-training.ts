import { type Database, findModelTraining } from '@dsapi/db'
import type { StoredModel } from '../loading/stored-model.ts'
import { readDataCells } from './training-cells.ts'
import { countTraining, type TrainingShares } from './training-shares.ts'

/**
 * Finds the shares of the data that a version was fitted to: those that were stored with it, or else those of the data table.
 *
 * @returns undefined where nothing is stored, and the data table is empty or lacks a feature
 */
export const findTraining = async (
  db: Database,
  { name, version, model }: StoredModel,
): Promise<TrainingShares | undefined> => {
  const stored = await findModelTraining(db, { name, version })
  if (stored !== undefined) return JSON.parse(stored)
  const { features, output } = model.info
  const cells = await readDataCells(db, features)
  return cells && countTraining(features, cells, output.type === 'classes')
}
