import type { IncomingMessage } from 'node:http'
import type { AuthenticateRequest, StoredKey } from '@dsapi/auth'
import type { Config } from '@dsapi/config'
import { pathOf } from './request-target.ts'

type Platform = NonNullable<Config['platform']>
type PlatformName = Platform['name']

/** Which endpoints answer the two routes of a platform. */
const endpointsOf: Readonly<
  Record<PlatformName, { readonly health: string; readonly predict: string }>
> = {
  sagemaker: { health: '/ping', predict: '/invocations' },
  vertex: { health: '/v2/health/ready', predict: '/v1/models/default:predict' },
}

const mark = Symbol('platform')

type PassedOn = IncomingMessage & { [mark]?: PlatformName }

/** The platform that has passed a request on, by its routes. */
export const platformOf = (request: PassedOn): PlatformName | undefined => request[mark]

/** Shows the router the endpoint of a platform's route. No other path is changed. */
export const createRouteOf = ({ name, healthRoute, predictRoute }: Platform) => {
  const { health, predict } = endpointsOf[name]
  const routes = new Map([
    [healthRoute, health],
    [predictRoute, predict],
  ])
  return (request: PassedOn): void => {
    const endpoint = routes.get(pathOf(request.url ?? ''))
    if (endpoint === undefined) return
    request.url = endpoint
    request[mark] = name
  }
}

/**
 * Accepts what a platform has passed on without a key, for predictions alone: the platform has authenticated its sender, and
 * passes no header with a key on. All other requests need a key as ever.
 */
export const trustPlatform =
  (authenticate: AuthenticateRequest): AuthenticateRequest =>
  (request) => {
    const name = platformOf(request)
    return name === undefined ? authenticate(request) : { outcome: 'accepted', key: keyOf[name] }
  }

const keyNamed = (name: PlatformName): StoredKey => ({
  ...{ id: name, ownerId: name, name, note: '', hash: '', prefix: '', suffix: '' },
  ...{ scopes: ['predict'], models: null, rate: null, dailyQuota: null, maxJobs: null },
  ...{ createdBy: name, createdAt: 0, expiresAt: null, disabledAt: null, revokedAt: null },
  ...{ replacedBy: null, lastUsedAt: null, webhookUrl: null },
})

/** What stands in the place of a key in the log, and in the log of predictions. */
const keyOf: Readonly<Record<PlatformName, StoredKey>> = {
  sagemaker: keyNamed('sagemaker'),
  vertex: keyNamed('vertex'),
}
