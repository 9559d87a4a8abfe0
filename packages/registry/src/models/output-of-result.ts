import type { Database } from '@dsapi/db'
import { type BatchResult, classesInHeader, type Output, outputOf } from '@dsapi/inference'
import { loadModelByTag } from './model-loader.ts'

/**
 * What the model of a batch answered, in the order of the result's columns. A result of an older version does not name the
 * classes: they are those of its model or, where that is gone, what the header calls them.
 */
export const outputOfResult = async (db: Database, result: BatchResult): Promise<Output> => {
  const known = outputOf(result)
  if (known !== undefined) return known
  const stored = await loadModelByTag(db, result.model_version)
  return stored?.model.info.output ?? { type: 'classes', classes: classesInHeader(result.header) }
}
