import type { IncomingMessage } from 'node:http'
import { prefers } from '../http/accept.ts'
import { showAs } from '../http/hidden-paths.ts'
import { pathOf } from '../http/request-target.ts'
import { type ConsoleArea, consoleApiPath, consoleAreaOf } from './console-area.ts'

const mark = Symbol('console')

type ConsoleRequest = IncomingMessage & { [mark]?: ConsoleArea }

/** Which part of the console a request is for; undefined for all other requests. */
export const areaOf = (request: ConsoleRequest): ConsoleArea | undefined => request[mark]

/**
 * Marks a request for the console. Below `/console/api`, the router is shown the endpoint of the API. A page may have the
 * path of an endpoint; a browser that opens a page asks for HTML.
 */
export const markConsole = (request: ConsoleRequest): void => {
  const url = request.url ?? ''
  const path = pathOf(url)
  const area = consoleAreaOf(path)
  if (area === undefined) return
  request[mark] = area === 'session' && isOpened(request) ? 'files' : area
  if (area !== 'api') return
  const query = url.indexOf('?')
  showAs(request, path, path.slice(consoleApiPath.length) + (query < 0 ? '' : url.slice(query)))
}

const isOpened = ({ method, headers }: IncomingMessage) =>
  (method === 'GET' || method === 'HEAD') &&
  prefers(headers.accept, ['text/html'], 'application/json')
