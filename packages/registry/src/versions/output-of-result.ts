import { type Database, findModelVersion } from '@dsapi/db'
import { type BatchResult, classesInHeader, type Output, outputOf } from '@dsapi/inference'
import { defaultModel } from '../model-name.ts'
import { tagOf, versionOfTag } from '../version-tag.ts'
import { infoOf } from './model-summary.ts'

/**
 * What the model of a batch answered, in the order of the result's columns. A result of an older version does not name the
 * classes: they are those of its model or, where that is gone, what the header calls them.
 */
export const outputOfResult = async (db: Database, result: BatchResult): Promise<Output> => {
  const known = outputOf(result)
  if (known !== undefined) return known
  const version = versionOfTag(result.model_version)
  const row =
    version === undefined ? undefined : await findModelVersion(db, { name: defaultModel, version })
  const info = row && tagOf(row) === result.model_version ? await infoOf(db, row) : undefined
  return info?.output ?? { type: 'classes', classes: classesInHeader(result.header) }
}
