import {
  type Database,
  deleteModelEvaluations,
  insertModelEvaluation,
  listModelEvaluations,
} from '@dsapi/db'
import type { Evaluation } from '@dsapi/inference'
import { type By, changeModels, requireModel, requireVersion } from './change-models.ts'

type VersionKey = { readonly name: string; readonly version: number }

/** An evaluation that is stored with a version. */
export type StoredEvaluation = {
  readonly id: number
  readonly evaluation: Evaluation
  /** Milliseconds since 1970 (UTC). */
  readonly createdAt: number
}

/** How many evaluations of a version are kept. */
const mostKept = 10

/**
 * Stores an evaluation of a version. Of more than ten, the oldest is deleted.
 *
 * @throws VersionNotFoundError
 */
export const addEvaluation = (
  db: Database,
  key: VersionKey,
  evaluation: Evaluation,
  by: By,
): Promise<void> =>
  changeModels(db, async (transaction) => {
    await requireModel(transaction, key.name)
    await requireVersion(transaction, key)
    await writeEvaluation(transaction, key, evaluation, by)
    await deleteModelEvaluations(transaction, key, { kept: mostKept })
  })

/** The evaluations of a version, the newest first. */
export const listEvaluations = async (
  db: Database,
  key: VersionKey,
): Promise<readonly StoredEvaluation[]> => {
  const rows = await listModelEvaluations(db, key)
  return rows.map(({ id, content, created_at: createdAt }) => ({
    ...{ id, createdAt },
    evaluation: JSON.parse(content),
  }))
}

export const writeEvaluation = (
  db: Database,
  { name, version }: VersionKey,
  evaluation: Evaluation,
  { actor, now }: By,
): Promise<void> =>
  insertModelEvaluation(db, {
    ...{ name, version, created_at: now, created_by: actor },
    content: JSON.stringify(evaluation),
  })
