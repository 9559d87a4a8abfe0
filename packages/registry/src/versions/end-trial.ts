import type { Database } from '@dsapi/db'
import {
  type By,
  changeAnswering,
  changeModels,
  requireModel,
  writeAudit,
} from './change-models.ts'

type EndOptions = By & {
  readonly name: string
  /** Only if it is this version. */
  readonly version?: number | undefined
  /** Why, where nobody asked for it. */
  readonly reason?: string | undefined
}

/** Ends the canary of a model: the served version gets all requests again. Returns whether there was one to end. */
export const endCanary = (db: Database, options: EndOptions): Promise<boolean> =>
  endTrial(db, 'canary', options)

/** Ends the shadow of a model. Returns whether there was one to end. */
export const endShadow = (db: Database, options: EndOptions): Promise<boolean> =>
  endTrial(db, 'shadow', options)

const endTrial = (
  db: Database,
  what: 'canary' | 'shadow',
  { name, version, reason, ...by }: EndOptions,
): Promise<boolean> =>
  changeModels(db, async (transaction) => {
    const model = await requireModel(transaction, name)
    const tried = model[what]
    if (tried === null || (version !== undefined && version !== tried)) return false
    await changeAnswering(transaction, model, {
      ...(what === 'canary' ? { canary: null, canary_share: null } : { shadow: null }),
      changed_at: by.now,
    })
    const action = what === 'canary' ? 'end-canary' : 'end-shadow'
    await writeAudit(transaction, { name, version: tried }, action, by, reason ? { reason } : {})
    return true
  })
