import type { Database } from '@dsapi/db'
import { type BatchResult, classesInHeader, classesOf, type Label } from '@dsapi/inference'
import { loadModelByTag } from './model-loader.ts'

/**
 * The classes that a batch was scored with, in the order of its columns. A result of an older version does not name
 * them: they are those of its model or, where that is gone, what the header calls them.
 */
export const classesOfResult = async (
  db: Database,
  { classes, header, model_version }: BatchResult,
): Promise<readonly Label[]> => {
  if (classes !== undefined) return classes
  const stored = await loadModelByTag(db, model_version)
  return stored ? classesOf(stored.model.info) : classesInHeader(header)
}
