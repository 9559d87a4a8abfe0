import { Agent, request } from 'node:http'
import type { Contestant } from './contestants.ts'

const agent = new Agent({ keepAlive: true })

/** Sends a body and reads the whole answer as bytes, without parsing it. Returns how many they are. */
export const post = (
  origin: string,
  key: string,
  { path, headers, body }: Omit<Contestant, 'name'>,
): Promise<number> =>
  new Promise((resolve, reject) => {
    const options = {
      method: 'POST',
      headers: { ...headers, 'x-api-key': key, 'content-length': body.length },
      agent,
    }
    const posted = request(origin + path, options, (response) => {
      let length = 0
      response.on('data', (part: Buffer) => {
        length += part.length
      })
      response.on('error', reject)
      response.on('end', () =>
        response.statusCode === 200
          ? resolve(length)
          : reject(new Error(`${path} answered ${response.statusCode}`)),
      )
    })
    posted.on('error', reject)
    posted.end(body)
  })
