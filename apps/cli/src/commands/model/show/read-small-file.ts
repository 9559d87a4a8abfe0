import type { Database } from '@dsapi/db'
import { isRecord } from '@dsapi/inference'
import { readVersionFile, type VersionSummary } from '@dsapi/registry'

/** The formats whose files are short JSON for people too: a logistic regression, and what names a Python model. */
const shownFormats: readonly string[] = ['dsapi-logistic-regression', 'python']

/** Reads the file of a version if people may want to see what is in it; undefined for any other, and for a damaged one. */
export const readSmallFile = async (
  db: Database,
  version: VersionSummary,
): Promise<Readonly<Record<string, unknown>> | undefined> => {
  if (!shownFormats.includes(version.format) || version.info === undefined) return undefined
  const pieces: Uint8Array[] = []
  for await (const piece of readVersionFile(db, version)) pieces.push(piece)
  const json: unknown = JSON.parse(Buffer.concat(pieces).toString('utf8'))
  return isRecord(json) ? json : undefined
}
