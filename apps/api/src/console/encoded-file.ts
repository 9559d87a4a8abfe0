import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import type { ConsoleFile } from '@dsapi/console'
import { parseAccept } from 'hono/utils/accept'

/** A file with its bytes in each coding that browsers know. */
export type EncodedFile = {
  readonly type: string
  readonly identity: Buffer
  readonly gzip: Buffer
  readonly br: Buffer
}

export const encodeFile = async ({ type, text }: ConsoleFile): Promise<EncodedFile> => {
  const identity = Buffer.from(text)
  return {
    type: `${type}; charset=utf-8`,
    identity,
    gzip: await promisify(gzip)(identity),
    br: await promisify(brotliCompress)(identity),
  }
}

const longestHeader = 200

/** Chooses the smallest form that a client takes. */
export const codingFor = (acceptEncoding: string | undefined): 'br' | 'gzip' | 'identity' => {
  if (acceptEncoding === undefined) return 'identity'
  const taken = parseAccept(acceptEncoding.slice(0, longestHeader))
    .filter(({ q }) => q > 0)
    .map(({ type }) => type.toLowerCase())
  return (['br', 'gzip'] as const).find((coding) => taken.includes(coding)) ?? 'identity'
}
