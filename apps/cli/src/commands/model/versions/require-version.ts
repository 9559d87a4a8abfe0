import type { Database } from '@dsapi/db'
import { findVersion, type VersionSummary } from '@dsapi/registry'
import { noVersion } from './explain-missing.ts'

/** @throws CliError that names the models or versions that there are */
export const requireVersion = async (
  db: Database,
  key: { readonly name: string; readonly version: number },
): Promise<VersionSummary> => {
  const found = await findVersion(db, key)
  if (found === undefined) throw await noVersion(db, key)
  return found
}
