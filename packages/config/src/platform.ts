import { type PlatformName, type Setting, settings } from './settings.ts'

/** A platform that runs containers of models, authenticates their clients, and passes requests on to these two routes. */
export type Platform = {
  readonly name: PlatformName
  readonly healthRoute: string
  readonly predictRoute: string
}

type Read = <T>(setting: Setting<T>) => T

/** The port that both platforms expect without a setting. */
const usualPort = 8080

/** The platform, and where the API listens: what the platform sets comes before `PORT`. */
export const readPlatform = (
  read: Read,
): { readonly platform: Platform | undefined; readonly port: number; readonly host: string } => {
  const name = read(settings.platform)
  if (name === undefined) {
    return { platform: undefined, port: read(settings.port), host: read(settings.host) }
  }
  const isVertex = name === 'vertex'
  const port = read(isVertex ? settings.vertexPort : settings.sagemakerPort)
  return {
    platform: {
      name,
      healthRoute: isVertex ? read(settings.vertexHealthRoute) : '/ping',
      predictRoute: isVertex ? read(settings.vertexPredictRoute) : '/invocations',
    },
    port: port ?? read({ ...settings.port, fallback: usualPort }),
    host: read({ ...settings.host, fallback: '0.0.0.0' }),
  }
}
