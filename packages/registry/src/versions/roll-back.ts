import type { Database } from '@dsapi/db'
import { ModelChangeError } from '../errors.ts'
import {
  type By,
  changeModels,
  historyOf,
  requireModel,
  setServed,
  writeAudit,
} from './change-models.ts'
import { type ModelSummary, summarize } from './model-summary.ts'

/**
 * Serves the version again that was served before, in one commit. Rolling back once more goes on to the one before that.
 *
 * @throws VersionNotFoundError when there is no such model; ModelChangeError when no other version was served before
 */
export const rollBack = (
  db: Database,
  { name, ...by }: By & { readonly name: string },
): Promise<ModelSummary> =>
  changeModels(db, async (transaction) => {
    const model = await requireModel(transaction, name)
    const [before, ...history] = historyOf(model)
    if (before === undefined) {
      throw new ModelChangeError(
        `No other version of the model ${name} was served before version ${model.served}. Serve one by its number`,
      )
    }
    await setServed(transaction, model, before, history, by.now)
    await writeAudit(transaction, { name, version: before }, 'roll-back', by, {
      before: model.served,
    })
    return summarize(transaction, await requireModel(transaction, name))
  })
