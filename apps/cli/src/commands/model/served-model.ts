import type { Database } from '@dsapi/db'
import { loadNewestModel, NoModelError, type StoredModel } from '@dsapi/registry'
import { say } from '../../terminal/output.ts'

/**
 * Loads the served model, and warns of newer versions that cannot be read.
 *
 * @throws NoModelError; StoredModelError when no version can be read
 */
export const loadServedModel = async (db: Database): Promise<StoredModel> => {
  const newest = await loadNewestModel(db)
  if (newest === undefined) throw new NoModelError()
  for (const { message } of newest.unreadable) {
    say(`Warning: ${message}. Version ${newest.stored.version} is served`)
  }
  return newest.stored
}
