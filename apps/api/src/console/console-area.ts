/**
 * What a path of the console is for: `files` are the page and what it loads, `session` is signing in and out, and `api` has
 * the endpoints of the API for a session.
 */
export type ConsoleArea = 'files' | 'session' | 'api'

export const consolePath = '/console'
export const consoleApiPath = '/console/api'

/** Nothing in it has to be decoded or resolved: no segment begins with a dot. */
const plainPath = /^\/console(?:\/[A-Za-z0-9_~@-][A-Za-z0-9_~@.-]{0,99}){0,8}\/?$/
const sessionPath = /^\/console\/(?:session|sessions(?:\/[\w-]{1,100})?)$/

/** Whether a path is one of the console that the router shall see without a key. Those below `/console/api` are not. */
export const isOfConsole = (path: string): boolean => {
  const area = consoleAreaOf(path)
  return area === 'files' || area === 'session'
}

/** Finds the area of a path; undefined for a path that is not of the console. */
export const consoleAreaOf = (path: string): ConsoleArea | undefined => {
  if (!path.startsWith(consolePath)) return undefined
  if (path.startsWith(`${consoleApiPath}/`)) return 'api'
  if (sessionPath.test(path)) return 'session'
  return plainPath.test(path) ? 'files' : undefined
}
