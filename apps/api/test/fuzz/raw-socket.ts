import { connect } from 'node:net'

/** An answer as it came over the wire. */
export type RawAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const patienceMs = 20_000

/**
 * Writes bytes to a server as they are, and reads all that comes back until it hangs up.
 *
 * @param options.end whether to say that there will be no more; node then answers only what it can at once
 * @throws Error when the server neither answers nor hangs up
 */
export const sendBytes = (
  url: string,
  bytes: Buffer | string,
  { end = false }: { readonly end?: boolean } = {},
): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const socket = connect(Number(port), hostname)
    const chunks: Buffer[] = []
    const late = setTimeout(() => {
      socket.destroy()
      const shown = bytes.toString('latin1').slice(0, 300)
      reject(new Error(`The server keeps silent at ${JSON.stringify(shown)}`))
    }, patienceMs)
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', () => {}) // The server hangs up on what it will not read.
    socket.on('close', () => {
      clearTimeout(late)
      resolve(Buffer.concat(chunks))
    })
    if (end) socket.end(bytes)
    else socket.write(bytes)
  })

/** Reads chunks until the last one (RFC 9112, section 7.1). */
const readChunks = (text: string): { readonly body: string; readonly rest: string } => {
  let body = ''
  let at = 0
  for (;;) {
    const end = text.indexOf('\r\n', at)
    const size = Number.parseInt(text.slice(at, end), 16)
    if (end < 0 || Number.isNaN(size)) throw new Error('An answer ends in the middle of a chunk')
    if (size === 0) return { body, rest: text.slice(end + 4) }
    body += text.slice(end + 2, end + 2 + size)
    at = end + 2 + size + 2
  }
}

const readOne = (text: string): { readonly answer: RawAnswer; readonly rest: string } => {
  const end = text.indexOf('\r\n\r\n')
  const [first, ...lines] = text.slice(0, end).split('\r\n')
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(first)?.[1])
  if (end < 0 || Number.isNaN(status)) {
    throw new Error(`This is no answer: ${JSON.stringify(text.slice(0, 200))}`)
  }
  const pairs = lines.map((line) => line.split(/:\s*(.*)/s).slice(0, 2))
  const headers = Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), value]))
  const after = text.slice(end + 4)
  if (headers['transfer-encoding'] === 'chunked') {
    const { body, rest } = readChunks(after)
    return { answer: { status, headers, body }, rest }
  }
  const length = Number(headers['content-length'] ?? 0)
  if (after.length < length) throw new Error('An answer is shorter than it says')
  return { answer: { status, headers, body: after.slice(0, length) }, rest: after.slice(length) }
}

/** All answers in what a server has sent. @throws Error at what is none */
export const readAnswers = (bytes: Buffer): RawAnswer[] => {
  const answers: RawAnswer[] = []
  let text = bytes.toString('latin1')
  while (text !== '') {
    const { answer, rest } = readOne(text)
    // 100 Continue is not the answer yet.
    if (answer.status >= 200) answers.push(answer)
    text = rest
  }
  return answers
}
