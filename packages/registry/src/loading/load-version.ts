import {
  type Database,
  DatabaseUnreachableError,
  findModelVersion,
  isUnwritable,
  type ModelVersionRow,
} from '@dsapi/db'
import type { ModelOptions } from '@dsapi/inference'
import { readArtifact } from '@dsapi/inference/threads'
import { DamagedArtifactError } from '../artifacts/artifact-cache.ts'
import { versionHash } from '../artifacts/hash.ts'
import { readPieces } from '../artifacts/pieces.ts'
import { StoredModelError } from '../errors.ts'
import { tagOf } from '../version-tag.ts'
import { isCodeFormat } from './find-kind.ts'
import type { ModelHost } from './model-host.ts'
import { startRuntime } from './start-runtime.ts'
import { type StoredModel, toStoredModel } from './stored-model.ts'

/**
 * Loads a version: its file from the cache or the database, checked by its hash; what computes; its samples, which it
 * has to answer as they say.
 *
 * @throws StoredModelError when it cannot be served; an error of the database when that cannot be asked
 */
export const loadRow = async (
  db: Database,
  host: ModelHost,
  row: ModelVersionRow,
): Promise<StoredModel> => {
  try {
    return await load(db, host, row)
  } catch (error) {
    if (error instanceof DatabaseUnreachableError || isUnwritable(error)) throw error
    throw new StoredModelError(row.name, row.version, error)
  }
}

/** @returns undefined when there is no such version @throws as `loadRow` */
export const loadVersion = async (
  db: Database,
  host: ModelHost,
  key: { readonly name: string; readonly version: number },
): Promise<StoredModel | undefined> => {
  const row = await findModelVersion(db, key)
  return row && loadRow(db, host, row)
}

const load = async (db: Database, host: ModelHost, row: ModelVersionRow) => {
  const { name, version, sha256, artifact_sha256, size } = row
  const options = optionsOf(row)
  if (versionHash(artifact_sha256, options) !== sha256) {
    throw new DamagedArtifactError('it does not match its SHA-256, so its row was changed')
  }
  const artifact = await host.cache.find({ sha256: artifact_sha256, size }, () =>
    readPieces(db, artifact_sha256),
  )
  const samples = await readSamplesText(db, host, row)
  const label = `${name} ${tagOf(row)}`
  const allowCode = isCodeFormat(row.format)
  const model = await startRuntime(host, { artifact, options, samples, label, allowCode })
  const createdAt = row.created_at
  return toStoredModel({ name, version, sha256, createdAt, options, artifact, model })
}

/** What the file of a version cannot say, as it was stored. */
export const optionsOf = ({ options }: Pick<ModelVersionRow, 'options'>): ModelOptions =>
  JSON.parse(options)

/** The text of a version's samples; undefined where it has none. */
const readSamplesText = async (
  db: Database,
  host: ModelHost,
  { samples_sha256: sha256 }: Pick<ModelVersionRow, 'samples_sha256'>,
): Promise<string | undefined> => {
  if (sha256 === null) return undefined
  const artifact = await host.cache.find({ sha256, size: 0 }, () => readPieces(db, sha256))
  return new TextDecoder().decode(await readArtifact(artifact))
}
