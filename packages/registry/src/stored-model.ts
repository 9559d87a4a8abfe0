import { createHash } from 'node:crypto'
import {
  type Database,
  findLatestVersion,
  findModel,
  insertModel,
  inTransaction,
  type ModelRow,
} from '@dsapi/db'
import { type LogisticRegressionModel, modelFromJSON } from '@dsapi/model'

/** A fitted model under its version: 1 is the oldest, the largest is the one that is served. */
export type StoredModel = {
  readonly version: number
  /** SHA-256, in hex, of the model's JSON. */
  readonly sha256: string
  /** The version and the first characters of the hash, as answers name it: `3-9f86d081`. */
  readonly tag: string
  /** When it was stored: milliseconds since 1970 (UTC). */
  readonly createdAt: number
  readonly model: LogisticRegressionModel
  /** The model as it lies in the database. */
  readonly json: string
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** Stores a model as the newest version and gives that version. */
export const storeModel = (
  db: Database,
  model: LogisticRegressionModel,
  now: number,
): Promise<number> => {
  const json = JSON.stringify(model)
  return inTransaction(db, (transaction) =>
    insertModel(transaction, { json, sha256: sha256(json), created_at: now }),
  )
}

const read = (row: ModelRow): StoredModel => {
  if (sha256(row.json) !== row.sha256) {
    throw new Error(`Model version ${row.version} does not match its SHA-256: its row was changed`)
  }
  return {
    version: row.version,
    sha256: row.sha256,
    tag: `${row.version}-${row.sha256.slice(0, 8)}`,
    createdAt: row.created_at,
    model: modelFromJSON(JSON.parse(row.json)),
    json: row.json,
  }
}

/**
 * Loads a model; without a version, the newest.
 *
 * @returns undefined when there is none
 * @throws Error when the row is damaged
 */
export const loadModel = async (
  db: Database,
  version?: number,
): Promise<StoredModel | undefined> => {
  const wanted = version ?? (await findLatestVersion(db))
  const row = wanted === undefined ? undefined : await findModel(db, wanted)
  return row && read(row)
}
