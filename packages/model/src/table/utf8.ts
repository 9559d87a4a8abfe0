import { ModelError } from '../errors.ts'
import { show } from '../validation/show.ts'

// Both exist in browsers and in Node; the types of neither are known here.
declare const TextDecoder: new (
  encoding: string,
  options: { readonly ignoreBOM: boolean },
) => { decode(bytes?: Uint8Array, options?: { readonly stream: boolean }): string }
declare const TextEncoder: new () => { encode(text: string): Uint8Array }

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const encoder = new TextEncoder()

/** Shorter texts of ASCII are put together character by character: a call of the decoder takes longer. */
const MAX_SHORT = 24

/** The text of some bytes in UTF-8. */
export function decodeText(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > MAX_SHORT) return decoder.decode(bytes.subarray(start, end))
  let text = ''
  for (let i = start; i < end; i++) {
    if (bytes[i] >= 0x80) return decoder.decode(bytes.subarray(start, end))
    text += String.fromCharCode(bytes[i])
  }
  return text
}

/** The bytes of a text in UTF-8. */
export function encodeText(text: string): Uint8Array {
  return encoder.encode(text)
}

const isFirstHalf = (code: number) => code >= 0xd800 && code < 0xdc00

/**
 * Encodes a text that comes in pieces, which may end within a character. Bytes are left as they are.
 *
 * @throws {ModelError} `invalid_csv` when a piece is neither
 */
export function textEncoder(): (piece: string | Uint8Array) => Uint8Array {
  let half = ''
  return (piece) => {
    if (piece instanceof Uint8Array) return piece
    if (typeof piece !== 'string') {
      throw new ModelError('invalid_csv', `the CSV is ${show(piece)}; expected text`)
    }
    const text = half + piece
    const isCut = piece !== '' && isFirstHalf(text.charCodeAt(text.length - 1))
    half = isCut ? text.slice(-1) : ''
    return encoder.encode(isCut ? text.slice(0, -1) : text)
  }
}

/** Decodes a text that comes in pieces, which may end within a character. */
export function textDecoder(): (piece: Uint8Array) => string {
  const own = new TextDecoder('utf-8', { ignoreBOM: true })
  return (piece) => own.decode(piece, { stream: true })
}
