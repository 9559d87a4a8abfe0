import {
  type Database,
  findModel,
  insertModel,
  insertModelTraining,
  insertModelVersion,
  updateModel,
} from '@dsapi/db'
import type { Evaluation, ModelInfo, ModelOptions } from '@dsapi/inference'
import type { ReceivedArtifact } from '../artifacts/artifact-cache.ts'
import { optionsText, versionHash } from '../artifacts/hash.ts'
import { isStored, storePieces } from '../artifacts/pieces.ts'
import type { TrainingShares } from '../drift/training-shares.ts'
import { tagOf } from '../version-tag.ts'
import { type By, changeModels, historyOf, setServed, writeAudit } from './change-models.ts'
import { writeEvaluation } from './evaluations.ts'

/** What a fit knows of a version, beside its file. */
export type FitFindings = {
  readonly evaluation?: Evaluation | undefined
  readonly training?: TrainingShares | undefined
}

type NewVersion = By &
  FitFindings & {
    readonly name: string
    /** The file of the model, of which all is here. */
    readonly file: ReceivedArtifact
    readonly samples: ReceivedArtifact | undefined
    readonly options: ModelOptions
    readonly info: ModelInfo
    /** Whether it is served at once. The first version of a model is in any case. */
    readonly serve: boolean
  }

/** A version that was added. */
export type AddedVersion = {
  readonly name: string
  readonly version: number
  readonly sha256: string
  readonly tag: string
  readonly isServed: boolean
}

/** How often the files are stored again, when their pieces were deleted meanwhile as those of nobody. */
const mostAttempts = 3

/** Adds a version: its files first, piece by piece, and its row last, in one commit. */
export const insertVersion = async (db: Database, added: NewVersion): Promise<AddedVersion> => {
  const files = added.samples === undefined ? [added.file] : [added.file, added.samples]
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    for (const file of files) await storePieces(db, file, added.now)
    const version = await changeModels(db, async (transaction) => {
      for (const file of files) if (!(await isStored(transaction, file))) return undefined
      return insertRows(transaction, added)
    })
    if (version !== undefined) return version
  }
  throw new Error('The pieces of the file are deleted as fast as they are stored')
}

const insertRows = async (db: Database, added: NewVersion): Promise<AddedVersion> => {
  const { name, file, samples, options, info, now, actor } = added
  const model = await findModel(db, name)
  const version = (model?.last_version ?? 0) + 1
  const sha256 = versionHash(file.sha256, options)
  await insertModelVersion(db, {
    ...{ name, version, sha256, artifact_sha256: file.sha256, size: file.size },
    samples_sha256: samples?.sha256 ?? null,
    ...{ format: info.format, options: optionsText(options), info: JSON.stringify(info) },
    ...{ created_at: now, created_by: actor },
  })
  await writeFindings(db, { name, version }, added)
  const tag = tagOf({ version, sha256 })
  await writeAudit(db, { name, version }, 'add', added, { tag })
  const isServed = model === undefined || added.serve
  if (model === undefined) {
    const served = { served: version, history: '[]', changed_at: now }
    await insertModel(db, { name, last_version: version, ...served })
  } else {
    await updateModel(db, name, { last_version: version })
    if (isServed) await setServed(db, model, version, [model.served, ...historyOf(model)], now)
  }
  if (isServed) {
    const before = model === undefined ? {} : { before: model.served }
    await writeAudit(db, { name, version }, 'serve', added, before)
  }
  return { name, version, sha256, tag, isServed }
}

const writeFindings = async (
  db: Database,
  key: { readonly name: string; readonly version: number },
  added: NewVersion,
) => {
  const { evaluation, training } = added
  if (evaluation !== undefined) await writeEvaluation(db, key, evaluation, added)
  if (training === undefined) return
  await insertModelTraining(db, { ...key, content: JSON.stringify(training) })
}
