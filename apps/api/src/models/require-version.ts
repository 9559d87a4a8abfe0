import type { Database } from '@dsapi/db'
import { findModelSummary, findVersion, type VersionSummary } from '@dsapi/registry'
import type { Context } from 'hono'
import type { Env } from '../http/env.ts'
import { nameIn, versionIn } from './asked-versions.ts'
import { unknownModel, unknownVersion } from './model-access.ts'

/** The version that a path names. @throws ApiError `not_found` for an unknown model or version */
export const requireVersion = async (
  db: Database,
  context: Context<Env>,
): Promise<VersionSummary> => {
  const name = nameIn(context)
  const found = await findVersion(db, { name, version: versionIn(context) })
  if (found !== undefined) return found
  throw (await findModelSummary(db, name)) ? unknownVersion() : unknownModel(name)
}
