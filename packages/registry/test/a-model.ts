import {
  type Database,
  findModel,
  insertModel,
  insertModelVersion,
  openDatabase,
  putPiece,
  updateModel,
} from '@dsapi/db'
import { LogisticRegression } from '@dsapi/model'
import { temporaryFolder } from '@dsapi/testing'
import { onTestFinished } from 'vitest'
import { sha256Of } from '../src/artifacts/hash.ts'
import { createModelHost, type ModelHost } from '../src/loading/model-host.ts'
import { type AddResult, addVersion } from '../src/versions/add-version.ts'
import { historyOf } from '../src/versions/change-models.ts'

/** Who changes something in tests, and when. */
export const by = { actor: 'cli:test', now: 5 }

/** Opens an empty database for a test. */
export const openNew = async (url: string): Promise<Database> => {
  const db = await openDatabase({ url }, { create: true })
  onTestFinished(() => db.destroy())
  return db
}

/** What loads models, with a cache of its own. */
export const newHost = async (
  cacheFolder?: string,
): Promise<ModelHost & { readonly folder: string; readonly warnings: readonly string[] }> => {
  const folder = cacheFolder ?? (await temporaryFolder())
  const warnings: string[] = []
  const host = createModelHost({
    ...{ cacheFolder: folder, timeLimitMs: 10_000 },
    onCacheUnusable: (message) => warnings.push(message),
  })
  onTestFinished(host.close)
  return { ...host, folder, warnings }
}

/** A model of a column `x`, whose answers grow with `weight`. */
export const fitted = (weight = 1) =>
  new LogisticRegression({ C: weight }).fit([[0], [1], [2], [3]], [0, 0, 1, 1], {
    featureNames: ['x'],
  })

/** The file of a model; `padding` makes it that many bytes larger. */
export const fileOf = (weight = 1, padding = 0): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(fitted(weight)) + ' '.repeat(padding))

/** A file as it comes over a network. */
export async function* inChunks(bytes: Uint8Array, size = 60_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** Adds a version of a model. */
export const add = (
  db: Database,
  host: ModelHost,
  options: Partial<Parameters<typeof addVersion>[2]> & { readonly file?: Uint8Array } = {},
): Promise<AddResult> => {
  const { file = fileOf(), ...rest } = options
  return addVersion(db, host, {
    ...{ name: 'churn', content: inChunks(file), maxBytes: 2 ** 24, ...by },
    ...rest,
  })
}

/** Serves a version whose file is this text, as an older dsapi, or somebody by hand, may have left it. */
export const insertUnreadable = async (
  db: Database,
  { name = 'default', text = '{"classes":[0,1]}' } = {},
): Promise<number> => {
  const model = await findModel(db, name)
  const version = (model?.last_version ?? 0) + 1
  const sha256 = sha256Of(text)
  await putPiece(db, { sha256, position: 0 }, { content: Buffer.from(text), now: 0 })
  await insertModelVersion(db, {
    ...{ name, version, sha256, artifact_sha256: sha256, size: text.length, created_at: 0 },
    ...{ format: 'dsapi-logistic-regression', options: '{}', created_by: '' },
  })
  const served = { last_version: version, served: version, changed_at: 0 }
  if (model === undefined) await insertModel(db, { name, ...served, history: '[]' })
  else {
    const history = JSON.stringify([model.served, ...historyOf(model)])
    await updateModel(db, name, { ...served, history })
  }
  await db
    .insertInto('model_audit')
    .values({ at: 0, actor: 'hand', action: 'serve', name, version, detail: '{}' })
    .execute()
  return version
}
