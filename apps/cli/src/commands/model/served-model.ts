import type { Database } from '@dsapi/db'
import { defaultModel, loadServed, NoModelError, type StoredModel } from '@dsapi/registry'
import { withModelHost } from '../../database/model-host.ts'
import { say } from '../../terminal/output.ts'

/**
 * Loads the served model, and warns of versions that should be served and cannot be read.
 *
 * @throws NoModelError; StoredModelError when no version can be read
 */
export const loadServedModel = async (db: Database): Promise<StoredModel> => {
  const loaded = await withModelHost((host) => loadServed(db, host, defaultModel))
  if (loaded === undefined) throw new NoModelError()
  const { stored, failures } = loaded
  for (const { message } of failures)
    say(`Warning: ${message}. Version ${stored.version} is served`)
  return stored
}
