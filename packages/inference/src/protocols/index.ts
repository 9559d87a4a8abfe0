import { matchPath } from './match-path.ts'
import { mlflow } from './mlflow/index.ts'
import type { Protocol } from './protocol.ts'
import { v1 } from './v1/index.ts'
import { v2 } from './v2/index.ts'

/** The protocols in which every model can be asked. One more is its folder here, and its name in this list. */
export const protocols: readonly Protocol[] = [v2, v1, mlflow]

/** The protocol whose path a request has asked for, whether or not there is something; undefined where it is none's. */
export const protocolOf = (
  path: string,
  among: readonly Protocol[] = protocols,
): Protocol | undefined =>
  among.find(
    ({ prefixes, endpoints }) =>
      isBelow(prefixes, path) ||
      endpoints.some(
        (endpoint) =>
          !isBelow(prefixes, endpoint.path) && matchPath(endpoint.path, path) !== undefined,
      ),
  )

const isBelow = (prefixes: readonly string[], path: string) =>
  prefixes.some(
    (prefix) =>
      path.startsWith(prefix) && (path.length === prefix.length || path[prefix.length] === '/'),
  )
