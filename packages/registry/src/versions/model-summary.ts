import {
  type Database,
  findModel,
  findModelVersion,
  listModels as listModelRows,
  listModelVersions,
  type ModelRow,
  type ModelVersionRow,
} from '@dsapi/db'
import { type ModelInfo, type ModelOptions, readModel } from '@dsapi/inference'
import { readPieces } from '../artifacts/pieces.ts'
import { optionsOf } from '../loading/load-version.ts'
import { tagOf } from '../version-tag.ts'
import { historyOf } from './change-models.ts'

/** A version of a model for people, without loading it. */
export type VersionSummary = {
  readonly name: string
  readonly version: number
  readonly tag: string
  /** Over file and options, in hex. */
  readonly sha256: string
  readonly format: string
  /** Of the file, in bytes. */
  readonly size: number
  readonly options: ModelOptions
  /** What it asks and answers; undefined where its file is damaged. */
  readonly info: ModelInfo | undefined
  readonly hasSamples: boolean
  /** Milliseconds since 1970 (UTC). */
  readonly createdAt: number
  /** Who added it; empty for those that an older dsapi stored. */
  readonly createdBy: string
  readonly isServed: boolean
  /** The share of the requests that it gets as a canary. */
  readonly canaryShare: number | undefined
  readonly isShadow: boolean
}

/** A model for people. */
export type ModelSummary = {
  readonly name: string
  readonly served: number
  /** The versions that were served before, the last one first. */
  readonly servedBefore: readonly number[]
  readonly canary: { readonly version: number; readonly share: number } | undefined
  readonly shadow: number | undefined
  /** When that was changed: milliseconds since 1970 (UTC). */
  readonly changedAt: number
  /** The version that is served; undefined where its row was deleted by hand. */
  readonly servedVersion: VersionSummary | undefined
}

/** All models, in the order of their names. */
export const listModels = async (db: Database): Promise<ModelSummary[]> => {
  const summaries: ModelSummary[] = []
  for (const model of await listModelRows(db)) summaries.push(await summarize(db, model))
  return summaries
}

/** @returns undefined when there is no such model */
export const findModelSummary = async (
  db: Database,
  name: string,
): Promise<ModelSummary | undefined> => {
  const model = await findModel(db, name)
  return model && summarize(db, model)
}

/** The versions of a model, the newest first; none where there is no such model. */
export const listVersions = async (db: Database, name: string): Promise<VersionSummary[]> => {
  const model = await findModel(db, name)
  const summaries: VersionSummary[] = []
  for (const row of await listModelVersions(db, name)) {
    summaries.push(await summarizeVersion(db, row, model))
  }
  return summaries
}

/** @returns undefined when there is no such version */
export const findVersion = async (
  db: Database,
  key: { readonly name: string; readonly version: number },
): Promise<VersionSummary | undefined> => {
  const row = await findModelVersion(db, key)
  return row && summarizeVersion(db, row, await findModel(db, key.name))
}

export const summarize = async (db: Database, model: ModelRow): Promise<ModelSummary> => {
  const { name, served, canary, canary_share, shadow, changed_at } = model
  const row = await findModelVersion(db, { name, version: served })
  return {
    ...{ name, served, servedBefore: historyOf(model), changedAt: changed_at },
    canary: canary === null ? undefined : { version: canary, share: canary_share ?? 0 },
    shadow: shadow ?? undefined,
    servedVersion: row && (await summarizeVersion(db, row, model)),
  }
}

const summarizeVersion = async (
  db: Database,
  row: ModelVersionRow,
  model: ModelRow | undefined,
): Promise<VersionSummary> => {
  const { name, version, sha256, format, size } = row
  return {
    ...{ name, version, tag: tagOf(row), sha256, format, size, options: optionsOf(row) },
    info: await infoOf(db, row),
    hasSamples: row.samples_sha256 !== null,
    createdAt: row.created_at,
    createdBy: row.created_by,
    isServed: model?.served === version,
    canaryShare: model?.canary === version ? (model.canary_share ?? undefined) : undefined,
    isShadow: model?.shadow === version,
  }
}

/** What a version asks and answers. An older dsapi stored logistic regressions alone, which are quickly read. */
export const infoOf = async (
  db: Database,
  row: ModelVersionRow,
): Promise<ModelInfo | undefined> => {
  if (row.info !== null) return JSON.parse(row.info)
  const pieces: Uint8Array[] = []
  for await (const piece of readPieces(db, row.artifact_sha256)) pieces.push(piece)
  try {
    return (await readModel(Buffer.concat(pieces))).info
  } catch {
    return undefined
  }
}
