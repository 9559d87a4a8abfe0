import {
  type Database,
  findModel,
  findModelVersion,
  insertModelAudit,
  inTransaction,
  type ModelRow,
  type ModelVersionRow,
  setUnservedAt,
  takeAdvisoryLock,
  updateModel,
} from '@dsapi/db'
import { VersionNotFoundError } from '../errors.ts'

/** What was done to a model. */
export type ModelAction =
  | 'add'
  | 'serve'
  | 'roll-back'
  | 'canary'
  | 'end-canary'
  | 'shadow'
  | 'end-shadow'
  | 'remove'

/** Who changes a model, and when: milliseconds since 1970 (UTC). */
export type By = {
  readonly actor: string
  readonly now: number
  /** The id of the session of the web console in which it is changed. */
  readonly session?: string | undefined
}

/**
 * Changes models in one commit. One change is made after another, also by several processes: so audit rows become
 * visible in their order, and a process that looks for newer ones misses none.
 */
export const changeModels = <T>(
  db: Database,
  change: (transaction: Database) => Promise<T>,
): Promise<T> =>
  inTransaction(db, async (transaction) => {
    await takeAdvisoryLock(transaction, 'models')
    return change(transaction)
  })

/** Writes down what was done. */
export const writeAudit = (
  db: Database,
  { name, version }: { readonly name: string; readonly version: number },
  action: ModelAction,
  { actor, now, session }: By,
  detail: Readonly<Record<string, unknown>> = {},
): Promise<void> =>
  insertModelAudit(db, {
    ...{ at: now, actor, action, name, version },
    detail: JSON.stringify({ ...detail, ...(session && { via: 'console', session }) }),
  })

/** The versions that were served before, the last one first. */
export const historyOf = ({ history }: Pick<ModelRow, 'history'>): readonly number[] =>
  JSON.parse(history)

type Answering = Partial<Omit<ModelRow, 'name' | 'last_version'>> & { readonly changed_at: number }

/** Changes which versions answer, and records since when a version no longer does. */
export const changeAnswering = async (
  db: Database,
  model: ModelRow,
  changed: Answering,
): Promise<void> => {
  await updateModel(db, model.name, changed)
  const [before, after] = [answering(model), answering({ ...model, ...changed })]
  const { name } = model
  const ended = { name, versions: before.filter((version) => !after.includes(version)) }
  await setUnservedAt(db, ended, changed.changed_at)
  await setUnservedAt(db, { name, versions: after }, null)
}

const answering = ({ served, canary, shadow }: ModelRow): readonly number[] =>
  [served, canary, shadow].filter((version) => version !== null)

/** How many versions that were served before are kept in mind. */
const longestHistory = 50

/** Has a version answer from now on. A canary ends with that; so does a shadow that is this version. */
export const setServed = (
  db: Database,
  model: ModelRow,
  version: number,
  history: readonly number[],
  now: number,
): Promise<void> =>
  changeAnswering(db, model, {
    served: version,
    history: JSON.stringify(
      history.filter((earlier) => earlier !== version).slice(0, longestHistory),
    ),
    ...{ canary: null, canary_share: null, changed_at: now },
    ...(model.shadow === version && { shadow: null }),
  })

/** @throws VersionNotFoundError */
export const requireModel = async (db: Database, name: string): Promise<ModelRow> => {
  const model = await findModel(db, name)
  if (model === undefined) throw new VersionNotFoundError(name)
  return model
}

/** @throws VersionNotFoundError */
export const requireVersion = async (
  db: Database,
  key: { readonly name: string; readonly version: number },
): Promise<ModelVersionRow> => {
  const row = await findModelVersion(db, key)
  if (row === undefined) throw new VersionNotFoundError(key.name, key.version)
  return row
}
