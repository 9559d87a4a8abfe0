import type { Database } from '@dsapi/db'
import { defaultModel, loadServed, NoModelError, type StoredModel } from '@dsapi/registry'
import { withModelHost } from '../../database/model-host.ts'
import { say } from '../../terminal/output.ts'
import { noModel } from './versions/explain-missing.ts'

/**
 * Loads the served version of a model for its description, and warns of versions that should be served and cannot be read. What
 * computes is closed again.
 *
 * @throws NoModelError; CliError when there is no such model; StoredModelError when no version can be read
 */
export const loadServedModel = async (db: Database, name: string): Promise<StoredModel> => {
  const loaded = await withModelHost(async (host) => {
    const found = await loadServed(db, host, name)
    await found?.stored.model.close()
    return found
  })
  if (loaded === undefined) {
    throw name === defaultModel ? new NoModelError() : await noModel(db, name)
  }
  const { stored, failures } = loaded
  for (const { message } of failures)
    say(`Warning: ${message}. Version ${stored.version} is served`)
  return stored
}
