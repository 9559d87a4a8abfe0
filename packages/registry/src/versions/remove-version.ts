import { type Database, deleteModelVersion, deleteUnusedFile, updateModel } from '@dsapi/db'
import { VersionInUseError } from '../errors.ts'
import { tagOf } from '../version-tag.ts'
import {
  type By,
  changeModels,
  historyOf,
  requireModel,
  requireVersion,
  writeAudit,
} from './change-models.ts'

/**
 * Removes a version, and its file where no other version has the same.
 *
 * @throws VersionNotFoundError; VersionInUseError while it is served, the canary or the shadow
 */
export const removeVersion = async (
  db: Database,
  { name, version, ...by }: By & { readonly name: string; readonly version: number },
): Promise<void> => {
  const removed = await changeModels(db, async (transaction) => {
    const model = await requireModel(transaction, name)
    const row = await requireVersion(transaction, { name, version })
    if (model.served === version) throw new VersionInUseError(name, version, 'served')
    if (model.canary === version) throw new VersionInUseError(name, version, 'the canary')
    if (model.shadow === version) throw new VersionInUseError(name, version, 'the shadow')
    await deleteModelVersion(transaction, { name, version })
    const history = historyOf(model).filter((earlier) => earlier !== version)
    await updateModel(transaction, name, { history: JSON.stringify(history) })
    await writeAudit(transaction, { name, version }, 'remove', by, { tag: tagOf(row) })
    return row
  })
  await deleteUnusedFile(db, removed.artifact_sha256)
  if (removed.samples_sha256 !== null) await deleteUnusedFile(db, removed.samples_sha256)
}
