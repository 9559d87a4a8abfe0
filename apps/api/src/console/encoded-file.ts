import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import type { ConsoleFile } from '@dsapi/console'

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
