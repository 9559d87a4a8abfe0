import type { IncomingMessage } from 'node:http'
import { protocolOf } from '@dsapi/inference'
import { targetOf } from '../http/hidden-paths.ts'
import { consoleApiPath } from './console-area.ts'

const predictsRow = /^(?:\/models\/[^/]+(?:\/versions\/[^/]+)?)?\/predict\//
const predictsBody =
  /^(?:(?:\/models\/[^/]+(?:\/versions\/[^/]+)?)?\/predict(?:-slow)?|\/jobs\/batch)$/

/** Whether a request below `/console/api` asks for predictions, which take from the limits of the key. */
export const takesFromKey = (request: IncomingMessage): boolean => {
  const path = targetOf(request).path.slice(consoleApiPath.length)
  if (request.method === 'GET' || request.method === 'HEAD') return predictsRow.test(path)
  return predictsBody.test(path) || protocolOf(path) !== undefined
}
