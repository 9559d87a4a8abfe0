import type { IncomingHttpHeaders } from 'node:http'
import type { Protocol, ProtocolRequest } from '@dsapi/inference'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { readEncodedBytes } from '../../http/read-encoded-body.ts'

/** The headers that a protocol reads. */
export const headersFor = (
  protocol: Protocol,
  headers: IncomingHttpHeaders,
): ProtocolRequest['headers'] =>
  Object.fromEntries(protocol.headers.map((name) => [name, headers[name]?.toString()]))

/** A small request, whose body may be missing. */
export const readSmallRequest = async (
  context: Context<Env>,
  protocol: Protocol,
  { jsonBody }: AppDeps['limits'],
): Promise<ProtocolRequest> => {
  const { headers, method } = context.env.incoming
  const isEmpty = method === 'GET' || method === 'HEAD'
  const body = isEmpty ? new Uint8Array(0) : (await readEncodedBytes(context, jsonBody)).bytes
  return { body, headers: headersFor(protocol, headers) }
}
