import type { StoredKey } from '@dsapi/auth'
import type { Context } from 'hono'
import type { Env } from '../http/env.ts'
import type { AskedVersions } from './answer-requests.ts'
import { chooseVersion } from './choose-version.ts'
import { type ModelAccess, unknownVersion } from './model-access.ts'

// Which model a request is for, in the words of its path.

type Models = { readonly access: Pick<ModelAccess, 'find' | 'load'> }

/** The versions that answer for a model. @throws ApiError `not_found`; `unavailable` */
export const servedVersions = async (
  { access }: { readonly access: Pick<ModelAccess, 'find'> },
  key: StoredKey,
  name: string,
): Promise<AskedVersions> => ({ type: 'served', versions: await access.find(key, name) })

const versionForm = /^[1-9]\d{0,8}$/

/** The number of the version in the path. @throws ApiError `not_found` */
export const versionIn = (context: Context<Env>): number => {
  const text = context.req.param('version') ?? ''
  if (!versionForm.test(text)) throw unknownVersion()
  return Number(text)
}

/** The name of the model in the path. */
export const nameIn = (context: Context<Env>): string => context.req.param('name') ?? ''

/** The versions that a path below `/models/{name}` is for: the one that it names, or those that are served. */
export const versionsIn = async (models: Models, context: Context<Env>): Promise<AskedVersions> => {
  const name = nameIn(context)
  if (context.req.param('version') === undefined)
    return servedVersions(models, context.get('key'), name)
  const stored = await models.access.load(context.get('key'), name, versionIn(context))
  return { type: 'exactly', stored }
}

/** The version that a job is accepted for, which is chosen now: it computes all of the job. */
export const versionForJob = async (models: Models, context: Context<Env>, name: string) => {
  const versions = await models.access.find(context.get('key'), name)
  return chooseVersion(versions).stored
}
