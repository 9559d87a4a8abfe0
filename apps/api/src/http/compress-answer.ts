import { promisify } from 'node:util'
import { constants, deflate, gzip } from 'node:zlib'
import type { Written } from '@dsapi/inference'
import { parseAccept } from 'hono/utils/accept'

/** Many clients ask for compression of whatever they get; a small answer takes longer to compress than to send. */
const leastBytes = 2 ** 16
const longestHeader = 200

const compressors = { gzip: promisify(gzip), deflate: promisify(deflate) } as const

/** Compresses a large answer, in a thread of Node, if the client takes that. */
export const compressAnswer = async (
  written: Written,
  acceptEncoding: string | undefined,
): Promise<Written> => {
  const coding = codingFor(acceptEncoding)
  if (coding === undefined || written.body.length < leastBytes) return written
  const body = await compressors[coding](written.body, { level: constants.Z_BEST_SPEED })
  const headers = { ...written.headers, 'content-encoding': coding, vary: 'accept-encoding' }
  return { ...written, headers, body: new Uint8Array(body) }
}

const codingFor = (header: string | undefined) => {
  if (header === undefined) return undefined
  const taken = parseAccept(header.slice(0, longestHeader))
    .filter(({ q }) => q > 0)
    .map(({ type }) => type.toLowerCase())
  return (['gzip', 'deflate'] as const).find((coding) => taken.includes(coding))
}
