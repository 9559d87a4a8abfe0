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
    return shortAscii(bytes) ?? decoder.decode(bytes)
  } catch {
    throw brokenAt(offset, 'A text is not valid UTF-8')
  }
}

/** Names of fields are many and short: for them, calling the decoder would take most of the time. */
function shortAscii(bytes: Uint8Array): string | undefined {
  if (bytes.length > 40) return undefined
  let text = ''
  for (const byte of bytes) {
    if (byte > 127) return undefined
    text += String.fromCharCode(byte)
  }
  return text
}

/** A model as bytes, whichever way it was given. */
export function toBytes(source: Uint8Array | string): Uint8Array {
  if (typeof source === 'string') return new TextEncoder().encode(source)
  if (source instanceof Uint8Array) return source
  throw new TreesError('invalid_option', 'A model has to be given as a Uint8Array or as a text.')
}
