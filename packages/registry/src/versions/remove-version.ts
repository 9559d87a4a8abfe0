import {
  type Database,
  deleteModelVersion,
  deleteUnusedFile,
  isVersionAwaited,
  listVersionsUnservedBefore,
  type ModelVersionRow,
  updateModel,
} from '@dsapi/db'
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
    await removeRow(transaction, row, by)
    return row
  })
  await deleteUnusedFile(db, removed.artifact_sha256)
  if (removed.samples_sha256 !== null) await deleteUnusedFile(db, removed.samples_sha256)
}

const removeRow = async (db: Database, row: ModelVersionRow, by: By) => {
  const { name, version } = row
  await deleteModelVersion(db, { name, version })
  const history = historyOf(await requireModel(db, name)).filter((earlier) => earlier !== version)
  await updateModel(db, name, { history: JSON.stringify(history) })
  await writeAudit(db, { name, version }, 'remove', by, { tag: tagOf(row) })
}

type OldVersion = ModelVersionRow & { readonly tag: string }

/** Finds the versions that have not answered since an instant, and that no waiting or running job was accepted for. */
export const findOldVersions = async (
  db: Database,
  { before, limit }: { readonly before: number; readonly limit: number },
): Promise<readonly OldVersion[]> => {
  const found: OldVersion[] = []
  for (const row of await listVersionsUnservedBefore(db, before)) {
    if (found.length === limit) break
    const tag = tagOf(row)
    const job = { modelName: row.name, modelVersion: tag }
    if (!(await isVersionAwaited(db, job))) found.push({ ...row, tag })
  }
  return found
}

/**
 * Removes such versions, at most `limit`. Their files are left: once no version has them, they are deleted as unused
 * pieces. Returns how many versions were removed.
 */
export const removeOldVersions = (
  db: Database,
  { before, limit, now }: { readonly before: number; readonly limit: number; readonly now: number },
): Promise<number> =>
  changeModels(db, async (transaction) => {
    const old = await findOldVersions(transaction, { before, limit })
    for (const row of old) await removeRow(transaction, row, { actor: 'retention', now })
    return old.length
  })
