import { setTimeout as wait } from 'node:timers/promises'
import { defaultModel, type StoredModel, serveVersion } from '@dsapi/registry'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { ApiError } from '../../http/errors.ts'
import { actorOf } from '../keys/key-request.ts'
import { findVersions, type ModelInPath } from './find-model.ts'

/** A version is taken up within two seconds; one with a large file or an engine takes longer. */
const longestWaitMs = 20_000
const lookEveryMs = 50

/**
 * Serves the version that a request names, and waits until this process does. Without a version, what is served stays: clients
 * load a model to make sure that it is there.
 *
 * @throws ApiError `not_found`; `unavailable` when the version cannot be served, or not soon
 */
export const serveAsked = async (
  { db, models, life }: AppDeps,
  context: Context<Env>,
  { model = defaultModel, version }: ModelInPath,
): Promise<StoredModel> => {
  const key = context.get('key')
  const servedNow = async () => (await models.access.find(key, model)).served
  const asked = await findVersions(models, key, { model, ...(version && { version }) })
  if (asked.type === 'served') return asked.versions.served
  const { stored } = asked
  const served = await servedNow()
  if (stored.version === served.version) return served
  await serveVersion(db, { name: model, version: stored.version, ...actorOf(context) })
  await models.served.takeUp(model)
  for (let waitedMs = 0; waitedMs < longestWaitMs; waitedMs += lookEveryMs) {
    const now = await servedNow()
    if (now.version === stored.version) return now
    if (life.stopping.aborted) break
    await wait(lookEveryMs)
  }
  throw new ApiError(
    'unavailable',
    'The version is still being loaded. GET /readyz has its state',
    {
      headers: { 'retry-after': '1' },
    },
  )
}
