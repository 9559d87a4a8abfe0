import { brokenAt, TreesError } from '../errors.ts'

// In Node and in every browser; declared here because neither's types may be used.
declare const TextDecoder: new (
  label: string,
  options: { fatal: boolean; ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string }
declare const TextEncoder: new () => { encode(text: string): Uint8Array }

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of some bytes of a file. `offset` is where they stand in it, for the error. */
export function decodeUtf8(bytes: Uint8Array, offset: number): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw brokenAt(offset, 'A text is not valid UTF-8')
  }
}

/** A model as bytes, whichever way it was given. */
export function toBytes(source: Uint8Array | string): Uint8Array {
  if (typeof source === 'string') return new TextEncoder().encode(source)
  if (source instanceof Uint8Array) return source
  throw new TreesError('invalid_option', 'A model has to be given as a Uint8Array or as a text.')
}
