import type { Database, ModelRow } from '@dsapi/db'
import { ModelChangeError } from '../errors.ts'
import {
  type By,
  changeAnswering,
  changeModels,
  historyOf,
  requireModel,
  requireVersion,
  setServed,
  writeAudit,
} from './change-models.ts'
import { type ModelSummary, summarize } from './model-summary.ts'

type ServeOptions = By & {
  readonly name: string
  readonly version: number
  /** Only for this share of the requests, above 0 and below 1. */
  readonly canary?: number | undefined
  /** Only for copies of requests, whose answers nobody gets. */
  readonly shadow?: boolean | undefined
}

/**
 * Serves a version, in one commit, which every process takes up within two seconds. A canary that there is ends with
 * that. With `canary` or `shadow` the version that is served stays.
 *
 * @throws VersionNotFoundError; ModelChangeError
 */
export const serveVersion = (db: Database, options: ServeOptions): Promise<ModelSummary> =>
  changeModels(db, async (transaction) => {
    const model = await requireModel(transaction, options.name)
    await requireVersion(transaction, options)
    if (options.canary !== undefined) await setCanary(transaction, model, options, options.canary)
    else if (options.shadow === true) await setShadow(transaction, model, options)
    else await serve(transaction, model, options)
    return summarize(transaction, await requireModel(transaction, options.name))
  })

const serve = async (db: Database, model: ModelRow, { version, ...by }: ServeOptions) => {
  const history = model.served === version ? historyOf(model) : [model.served, ...historyOf(model)]
  await setServed(db, model, version, history, by.now)
  await writeAudit(db, { name: model.name, version }, 'serve', by, { before: model.served })
}

const setCanary = async (
  db: Database,
  model: ModelRow,
  { version, ...by }: ServeOptions,
  share: number,
) => {
  refuseServed(model, version, 'canary')
  if (!(share > 0 && share < 1)) {
    throw new ModelChangeError(
      `A canary gets a share of the requests above 0 and below 1, not ${share}. To serve the version to all, leave the share out`,
    )
  }
  await changeAnswering(db, model, {
    ...{ canary: version, canary_share: share, changed_at: by.now },
    ...(model.shadow === version && { shadow: null }),
  })
  await writeAudit(db, { name: model.name, version }, 'canary', by, { share })
}

const setShadow = async (db: Database, model: ModelRow, { version, ...by }: ServeOptions) => {
  refuseServed(model, version, 'shadow')
  await changeAnswering(db, model, {
    ...{ shadow: version, changed_at: by.now },
    ...(model.canary === version && { canary: null, canary_share: null }),
  })
  await writeAudit(db, { name: model.name, version }, 'shadow', by)
}

const refuseServed = ({ name, served }: ModelRow, version: number, what: string) => {
  if (served !== version) return
  throw new ModelChangeError(
    `Version ${version} of the model ${name} is served, so it cannot be a ${what} beside itself. Name another version`,
  )
}
