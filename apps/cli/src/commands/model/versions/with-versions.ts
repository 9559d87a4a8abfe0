import type { Database } from '@dsapi/db'
import { loadVersion, type StoredModel } from '@dsapi/registry'
import { withModelHost } from '../../../database/model-host.ts'
import { noVersion } from './explain-missing.ts'

type Key = { readonly name: string; readonly version: number }

/**
 * Loads versions for as long as `task` takes.
 *
 * @throws CliError when there is no such version; StoredModelError when it cannot be loaded
 */
export const withVersions = <T>(
  db: Database,
  keys: readonly Key[],
  task: (models: readonly StoredModel[]) => Promise<T>,
): Promise<T> =>
  withModelHost(async (host) => {
    await using loaded = new AsyncDisposableStack()
    const models: StoredModel[] = []
    for (const key of keys) {
      const stored = await loadVersion(db, host, key)
      if (stored === undefined) throw await noVersion(db, key)
      loaded.defer(() => stored.model.close())
      models.push(stored)
    }
    return task(models)
  })
