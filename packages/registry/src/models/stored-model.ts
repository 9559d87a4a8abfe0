import { createHash } from 'node:crypto'
import {
  type Database,
  findLatestVersion,
  findModel,
  insertModel,
  inTransaction,
  type ModelRow,
} from '@dsapi/db'
import {
  type Artifact,
  type ModelOptions,
  type ModelRuntime,
  readModel,
  textArtifact,
} from '@dsapi/inference'
import type { AskedModel } from '@dsapi/inference/threads'

/** A fitted model under its version: 1 is the oldest, the largest is the one that is served. */
export type StoredModel = AskedModel & {
  /** Under which requests ask for it. */
  readonly name: string
  readonly version: number
  /** SHA-256, in hex, of the model's file. */
  readonly sha256: string
  /** The version and the first characters of the hash, as answers name it: `3-9f86d081`. With the name it is the `id`. */
  readonly tag: string
  /** When it was stored: milliseconds since 1970 (UTC). */
  readonly createdAt: number
  /** What computes. */
  readonly model: ModelRuntime
  /** Its file, and what that cannot say. */
  readonly artifact: Artifact
  readonly options: ModelOptions
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** A stored model is damaged, or of a form that this version cannot read; the message names the way out. */
export class StoredModelError extends Error {
  override readonly name = 'StoredModelError'
  readonly version: number

  constructor(version: number, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    super(
      `Model version ${version} cannot be read: ${reason}. Fit again (dsapi model fit), or import a model or an older version (dsapi model show --version N --json > model.json; dsapi model import model.json)`,
      { cause },
    )
    this.version = version
  }
}

/**
 * Stores a model as the newest version and gives that version. Nothing is stored that could not be read
 * again: it would take the place of a model that can.
 *
 * @param model writes itself as the text of its file, by `JSON.stringify`
 * @throws Error when the reader refuses what was written
 */
export const storeModel = async (
  db: Database,
  model: { readonly toJSON: () => unknown },
  now: number,
): Promise<number> => {
  const json = JSON.stringify(model)
  readModel(new TextEncoder().encode(json))
  return inTransaction(db, (transaction) =>
    insertModel(transaction, { json, sha256: sha256(json), created_at: now }),
  )
}

const read = (row: ModelRow): StoredModel => {
  try {
    if (sha256(row.json) !== row.sha256) {
      throw new Error('it does not match its SHA-256, so its row was changed')
    }
    return asStoredModel(row)
  } catch (cause) {
    throw new StoredModelError(row.version, cause)
  }
}

const asStoredModel = ({ version, sha256: hash, json, created_at }: ModelRow): StoredModel =>
  toStoredModel({
    ...{ name: 'default', version, sha256: hash, createdAt: created_at, options: {} },
    artifact: textArtifact(json),
    model: readModel(new TextEncoder().encode(json)),
  })

/** Completes what is known of a version with what follows from it. */
export const toStoredModel = (version: Omit<StoredModel, 'id' | 'tag' | 'source'>): StoredModel => {
  const { name, artifact, options, model } = version
  const tag = `${version.version}-${version.sha256.slice(0, 8)}`
  return {
    ...version,
    tag,
    id: `${name}/${tag}`,
    source: model.state
      ? { type: 'engine', info: model.info }
      : { type: 'artifact', artifact, options },
  }
}

/** The model to serve, and why newer versions are not it. */
export type NewestModel = {
  readonly stored: StoredModel
  /** The newest first. */
  readonly unreadable: readonly StoredModelError[]
}

/**
 * Loads the newest version that can be read: one that cannot must not take the service from the others.
 *
 * @returns undefined when there is no version
 * @throws StoredModelError of the newest, when there are versions and none can be read
 */
export const loadNewestModel = async (db: Database): Promise<NewestModel | undefined> => {
  const unreadable: StoredModelError[] = []
  let version = await findLatestVersion(db)
  while (version !== undefined) {
    try {
      const stored = await loadVersion(db, version)
      if (stored !== undefined) return { stored, unreadable }
    } catch (error) {
      if (!(error instanceof StoredModelError)) throw error
      unreadable.push(error)
    }
    version = await findLatestVersion(db, version)
  }
  const [newest] = unreadable
  if (newest !== undefined) throw newest
  return undefined
}

const loadVersion = async (db: Database, version: number): Promise<StoredModel | undefined> => {
  const row = await findModel(db, version)
  return row && read(row)
}

/**
 * Loads a model; without a version, the newest that can be read.
 *
 * @returns undefined when there is none
 * @throws StoredModelError when the version, or each of all versions, cannot be read
 */
export const loadModel = async (
  db: Database,
  version?: number,
): Promise<StoredModel | undefined> =>
  version === undefined ? (await loadNewestModel(db))?.stored : loadVersion(db, version)
