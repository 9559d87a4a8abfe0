import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Span } from '@dsapi/telemetry'
import { holdsSecret } from './redact-secrets.ts'

/** What ties together all that is said about a request: in answers, logs and the job that it leaves. */
export type Trace = {
  readonly requestId: string
  /** Of what it is a part of, as the client sent it, or of its own span (W3C, Trace Context, section 3.2). */
  readonly traceparent: string | undefined
  /** Where traces are collected. */
  readonly span?: Span
}

const longestRequestId = 255
const requestIdForm = /^[\w=-]+$/
const traceparentForm = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}/
const traceparentLength = 55

/** Of version 00 exactly so long; one of another may go on behind a dash. */
const isTraceparent = (text: string) =>
  traceparentForm.test(text) &&
  (text.length === traceparentLength || (!text.startsWith('00') && text[traceparentLength] === '-'))

/** What has a key in it must not be kept, in logs or elsewhere. */
const isRequestId = (id: string, headers: IncomingHttpHeaders) =>
  id.length <= longestRequestId && requestIdForm.test(id) && !holdsSecret(id, headers)

/** Reads what a client calls its request; what cannot be taken over is drawn, or left out. */
export const readTrace = (headers: IncomingHttpHeaders): Trace => {
  const { 'x-request-id': id, traceparent } = headers
  return {
    requestId: typeof id === 'string' && isRequestId(id, headers) ? id : randomUUID(),
    traceparent:
      typeof traceparent === 'string' && isTraceparent(traceparent)
        ? traceparent.slice(0, traceparentLength)
        : undefined,
  }
}
