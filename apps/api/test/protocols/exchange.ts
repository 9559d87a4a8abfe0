import { once } from 'node:events'
import { connect } from 'node:net'

/** An answer as it comes over the wire. */
export type RawAnswer = {
  readonly status: number
  readonly headers: Headers
  readonly body: Buffer
}

const blankLine = '\r\n\r\n'

/** Sends bytes over a socket of their own, and reads one answer with a Content-Length. */
export const exchange = async (url: string, bytes: Buffer): Promise<RawAnswer> => {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  socket.write(bytes)
  let received = Buffer.alloc(0)
  for await (const part of socket) {
    received = Buffer.concat([received, part])
    const answer = wholeAnswer(received)
    if (answer !== undefined) return answer
  }
  throw new Error(`The connection ended after ${received.toString()}`)
}

const wholeAnswer = (received: Buffer): RawAnswer | undefined => {
  const end = received.indexOf(blankLine)
  if (end < 0) return undefined
  const [statusLine, ...lines] = received.toString('latin1', 0, end).split('\r\n')
  const headers = new Headers(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon), line.slice(colon + 1).trim()]
    }),
  )
  const body = received.subarray(end + blankLine.length)
  const length = headers.get('content-length')
  if (length === null) throw new Error('The answer has no Content-Length')
  if (body.length < Number(length)) return undefined
  return { status: Number(statusLine.split(' ')[1]), headers, body }
}
