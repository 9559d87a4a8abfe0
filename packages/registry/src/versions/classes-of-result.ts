import { type Database, findModelVersion } from '@dsapi/db'
import { type BatchResult, classesInHeader, classesOf, type Label } from '@dsapi/inference'
import { defaultModel } from '../model-name.ts'
import { tagOf, versionOfTag } from '../version-tag.ts'
import { infoOf } from './model-summary.ts'

/**
 * The classes that a batch was scored with, in the order of its columns. A result of an older version does not name
 * them: they are those of its model or, where that is gone, what the header calls them.
 */
export const classesOfResult = async (
  db: Database,
  { classes, header, model_version }: BatchResult,
): Promise<readonly Label[]> => {
  if (classes !== undefined) return classes
  const version = versionOfTag(model_version)
  const row =
    version === undefined ? undefined : await findModelVersion(db, { name: defaultModel, version })
  const info = row && tagOf(row) === model_version ? await infoOf(db, row) : undefined
  return info ? classesOf(info) : classesInHeader(header)
}
