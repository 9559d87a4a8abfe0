import { type Database, every, findLatestVersion, type OnError } from '@dsapi/db'
import { loadNewestModel, type NewestModel, type StoredModel } from './stored-model.ts'

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
  /** A look that failed, or a version that cannot be read, once each. The model in use stays in use. */
  readonly onError: OnError
}

/**
 * Loads the newest model that can be read and goes on looking for newer ones, so that a fit is taken up
 * without a restart.
 *
 * @throws NoModelError when there is none; StoredModelError when there are some and none can be read
 */
export const followModel = async (db: Database, options: FollowOptions): Promise<ServedModel> => {
  let latest = await findLatestVersion(db)
  const first = await loadNewestModel(db)
  if (first === undefined) throw new NoModelError()
  for (const error of first.unreadable) options.onError(error)
  let current = first.stored
  let reported = newestOf(first)
  const look = async () => {
    const version = await findLatestVersion(db)
    if (version === undefined || version === latest) return
    const newest = await loadNewestModel(db)
    latest = version
    if (newest === undefined) return
    for (const error of newest.unreadable) if (error.version > reported) options.onError(error)
    reported = Math.max(reported, newestOf(newest))
    if (newest.stored.version === current.version) return
    current = newest.stored
    options.onChange(current)
  }
  const loop = every(options.everyMs, look, options.onError)
  return {
    current: () => current,
    // An unreachable database is not waited for: the look that it holds up changes nothing any more.
    stop: () => void loop.stop(),
  }
}

/** What was looked at so far: unreadable versions up to this one are reported. */
const newestOf = ({ stored, unreadable }: NewestModel) => unreadable[0]?.version ?? stored.version
