import { promisify } from 'node:util'
import { constants, deflate, gzip } from 'node:zlib'
import type { Written } from '@dsapi/inference'
import { codingFor } from './accept-coding.ts'

/** Many clients ask for compression of whatever they get; a small answer takes longer to compress than to send. */
const leastBytes = 2 ** 16

const compressors = { gzip: promisify(gzip), deflate: promisify(deflate) } as const
const codings = ['gzip', 'deflate'] as const

/** Compresses a large answer, in a thread of Node, if the client takes that. */
export const compressAnswer = async (
  written: Written,
  acceptEncoding: string | undefined,
): Promise<Written> => {
  const coding = codingFor(acceptEncoding, codings)
  if (coding === undefined || written.body.length < leastBytes) return written
  const body = await compressors[coding](written.body, { level: constants.Z_BEST_SPEED })
  const headers = { ...written.headers, 'content-encoding': coding, vary: 'accept-encoding' }
  return { ...written, headers, body: new Uint8Array(body) }
}
