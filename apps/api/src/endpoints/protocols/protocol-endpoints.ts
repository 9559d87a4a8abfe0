import { type Protocol, type ProtocolEndpoint, protocols } from '@dsapi/inference'
import type { Access, Endpoint } from '../endpoint.ts'
import { describeEndpoint } from './describe-endpoint.ts'
import { handleEndpoint } from './handle-endpoint.ts'
import { routerPath } from './router-path.ts'

/** Who may ask for what an endpoint does. Probes of a platform bring no key. */
const accessOf: Readonly<Record<ProtocolEndpoint['does'], Access>> = {
  predict: 'predict',
  server: 'any key',
  model: 'any key',
  health: 'no key',
  'model-health': 'no key',
  serve: 'admin',
  nothing: 'any key',
}

const toEndpoint = (protocol: Protocol, endpoint: ProtocolEndpoint): Endpoint => ({
  id: endpoint.id,
  method: endpoint.method,
  path: routerPath(endpoint.path),
  access: accessOf[endpoint.does],
  protocol,
  handle: (deps) => handleEndpoint(deps, protocol, endpoint),
  describe: (stored) => describeEndpoint(protocol, endpoint, stored),
})

/** The endpoints of all protocols that others have defined. */
export const protocolEndpoints: readonly Endpoint[] = protocols.flatMap((protocol) =>
  protocol.endpoints.map((endpoint) => toEndpoint(protocol, endpoint)),
)
