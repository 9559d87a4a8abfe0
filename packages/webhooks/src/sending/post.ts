import { type ClientRequest, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { AllowedHosts } from '../addresses/allowed-hosts.ts'
import {
  createCheckedLookup,
  InsideAddressError,
  type Resolve,
} from '../addresses/checked-lookup.ts'
import { hostOf } from '../addresses/host-of.ts'
import { isInside } from '../addresses/inside-addresses.ts'

export type PostOptions = {
  readonly allowed: AllowedHosts
  /** How long an attempt may take, from the first question to a name server on. */
  readonly timeoutMs: number
  /** Ends the attempt. */
  readonly signal: AbortSignal
  /** How a name is resolved, if not as the system does it. */
  readonly resolve?: Resolve
}

type Message = { readonly headers: Readonly<Record<string, string>>; readonly body: string }

const mostHeaderBytes = 16_384

/**
 * Sends a message to a URL, and follows no redirect. The status is all that is wanted of the answer, so its body is not
 * read.
 *
 * @returns the status of the answer
 * @throws InsideAddressError, and any error of the network; a server that does not answer in time is one
 */
export const post = async (url: URL, message: Message, options: PostOptions): Promise<number> => {
  const host = hostOf(url)
  // No name server is asked about an address, so it has to be checked here.
  if (isIP(host) !== 0 && isInside(host) && !options.allowed.hasAddress(host)) {
    throw new InsideAddressError(host)
  }
  const request = begin(url, host, message, options)
  const ended = settle(request, options)
  request.end(message.body)
  return ended
}

const begin = (url: URL, host: string, { headers, body }: Message, options: PostOptions) => {
  const lookup: LookupFunction = createCheckedLookup(options.allowed, options.resolve)
  return (url.protocol === 'https:' ? requestHttps : requestHttp)({
    ...{ method: 'POST', hostname: host, port: url.port, path: `${url.pathname}${url.search}` },
    headers: {
      ...headers,
      host: url.host,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'dsapi',
      connection: 'close',
    },
    agent: false,
    lookup,
    maxHeaderSize: mostHeaderBytes,
  })
}

/** Waits for the end of a request, which `close` alone marks in every case: a server that switches protocols causes neither
 * a response nor an error. */
const settle = (request: ClientRequest, { timeoutMs, signal }: PostOptions): Promise<number> =>
  new Promise((resolve, reject) => {
    let status: number | undefined
    let reason: unknown
    /** The first reason counts: what comes later is a consequence. */
    const end = (because: unknown) => {
      reason ??= because
      request.destroy()
    }
    const onAbort = () => end(new Error('The attempt was ended'))
    const timer = setTimeout(
      () => end(new Error(`The server did not answer within ${timeoutMs / 1000} seconds`)),
      timeoutMs,
    )
    signal.addEventListener('abort', onAbort)
    request.on('response', ({ statusCode }) => {
      status = statusCode
      request.destroy()
    })
    request.on('error', end)
    request.on('close', () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      if (status !== undefined) resolve(status)
      else reject(reason ?? new Error('The server closed the connection without an answer'))
    })
    if (signal.aborted) onAbort()
  })
