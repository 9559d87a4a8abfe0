import { type Database, findLatestVersion } from '@dsapi/db'
import { loadModel, type StoredModel } from './stored-model.ts'

/** Nothing has been fitted yet; the message says what to do. */
export class NoModelError extends Error {
  override readonly name = 'NoModelError'

  constructor() {
    super('The database holds no model yet. Fit one: dsapi gendb')
  }
}

/** The model that is served now; it changes while the process runs. */
export type ServedModel = {
  /** The model to use for one request from beginning to end. */
  readonly current: () => StoredModel
  readonly stop: () => void
}

type FollowOptions = {
  /** How often to look for a newer version. */
  readonly everyMs: number
  readonly onChange: (model: StoredModel) => void
  /** A look that failed, or a version that cannot be read. The model in use stays in use. */
  readonly onError: (error: unknown) => void
}

/**
 * Loads the newest model and goes on looking for newer ones, so that a fit is taken up without a
 * restart.
 *
 * @throws NoModelError when there is none; Error when the newest cannot be read
 */
export const followModel = async (db: Database, options: FollowOptions): Promise<ServedModel> => {
  const first = await loadModel(db)
  if (first === undefined) throw new NoModelError()
  let current = first
  const look = async () => {
    const version = await findLatestVersion(db)
    if (version === undefined || version === current.version) return
    const newer = await loadModel(db, version)
    if (newer === undefined) return
    current = newer
    options.onChange(newer)
  }
  const timer = setInterval(() => void look().catch(options.onError), options.everyMs)
  return { current: () => current, stop: () => clearInterval(timer) }
}
