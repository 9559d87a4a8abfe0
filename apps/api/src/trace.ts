import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** What ties together all that is said about a request: in answers, logs and the job that it leaves. */
export type Trace = {
  readonly requestId: string
  /** As the client sent it, if it did (W3C, Trace Context, section 3.2). */
  readonly traceparent: string | undefined
}

const longestRequestId = 255
const requestIdForm = /^[\w=-]+$/
const traceparentForm = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}/

/** Reads what a client calls its request; what cannot be taken over is drawn, or left out. */
export const readTrace = (headers: IncomingHttpHeaders): Trace => {
  const { 'x-request-id': id, traceparent } = headers
  const isOurs = typeof id === 'string' && id.length <= longestRequestId && requestIdForm.test(id)
  return {
    requestId: isOurs ? id : randomUUID(),
    traceparent:
      typeof traceparent === 'string' && traceparentForm.test(traceparent)
        ? traceparent.slice(0, 55)
        : undefined,
  }
}

/** The id of the trace that a `traceparent` belongs to: 32 hex digits. */
export const traceIdOf = (traceparent: string | undefined): string | undefined =>
  traceparent?.slice(3, 35)
