import { Agent, type IncomingHttpHeaders, request } from 'node:http'

export type Answer = {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly bytes: number
  /** From the request to the last byte. */
  readonly ms: number
}

const sameOrigin = { 'sec-fetch-site': 'same-origin', 'x-dsapi-console': '1', 'x-dsapi-poll': '1' }

/** Asks as a browser does that has signed in to the console. */
export type Ask = (path: string) => Promise<Answer>

export const signIn = async (port: number, key: string): Promise<Ask> => {
  const agent = new Agent({ keepAlive: true, maxSockets: 6 })
  const send = (path: string, headers: Record<string, string>, body?: string) =>
    new Promise<Answer>((resolve, reject) => {
      const begun = performance.now()
      const method = body === undefined ? 'GET' : 'POST'
      request(
        { agent, port, method, path: `/console${path}`, headers: { ...sameOrigin, ...headers } },
        (response) => {
          let bytes = 0
          response.on('data', (chunk: Buffer) => {
            bytes += chunk.length
          })
          response.on('end', () => {
            const { statusCode: status = 0, headers } = response
            resolve({ status, headers, bytes, ms: performance.now() - begun })
          })
        },
      )
        .on('error', reject)
        .end(body)
    })
  const origin = { origin: `http://127.0.0.1:${port}`, 'content-type': 'application/json' }
  const { status, headers } = await send('/session', origin, JSON.stringify({ key }))
  const cookie = headers['set-cookie']?.[0].split(';')[0]
  if (status !== 201 || cookie === undefined) throw new Error(`Sign-in was answered ${status}`)
  return async (path) => {
    const answer = await send(path, { cookie })
    if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}`)
    return answer
  }
}
