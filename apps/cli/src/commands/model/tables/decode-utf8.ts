import { isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'
import { CliError } from '../../../terminal/cli-error.ts'

/**
 * Decodes text in UTF-8, piece by piece.
 *
 * @param name what a message calls the file
 * @param remedy what to do if it is another encoding
 * @throws CliError when it is not text in UTF-8; the message names the line, and never quotes the contents
 */
export async function* decodeUtf8(
  pieces: AsyncIterable<Buffer>,
  name: string,
  remedy: string,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let lines = 1
  for await (const bytes of pieces) {
    const text = decode(decoder, bytes)
    if (text === undefined) throw notUtf8(name, remedy, bytes, lines)
    if (bytes.includes(0)) throw isBinaryError(name)
    yield text
    lines += countLineFeeds(bytes)
  }
  if (decode(decoder, undefined) === undefined) {
    throw notUtf8(name, remedy, Buffer.alloc(0), lines)
  }
}

export const isBinaryError = (name: string): CliError =>
  new CliError(`${name} is binary. Expected text in UTF-8`)

/** Decodes the next bytes, or the end; undefined if they are not UTF-8. */
const decode = (decoder: TextDecoder, bytes: Buffer | undefined) => {
  try {
    return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
  } catch {
    return undefined
  }
}

const notUtf8 = (name: string, remedy: string, bytes: Buffer, lines: number) => {
  if (isBinary(bytes)) return isBinaryError(name)
  const line = lines + linesBefore(bytes)
  return new CliError(`${name} is not UTF-8, on line ${line}. Expected text in UTF-8. ${remedy}`)
}

/** Whether more than one byte in fifty is a control character that no text has. */
const isBinary = (bytes: Buffer) => {
  let count = 0
  for (const byte of bytes) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) count++
  return count > bytes.length / 50
}

/** How many lines of a piece are whole UTF-8, from its second on; its first may begin in a character. */
const linesBefore = (bytes: Buffer) => {
  let [count, start] = [0, bytes.indexOf(10) + 1]
  if (start === 0 || !isUtf8(bytes.subarray(continuation(bytes), start))) return 0
  while (start < bytes.length) {
    const end = bytes.indexOf(10, start)
    count++
    if (end === -1 || !isUtf8(bytes.subarray(start, end))) return count
    start = end + 1
  }
  return count
}

/** How many bytes at the start belong to a character of the piece before. */
const continuation = (bytes: Buffer) => {
  let i = 0
  while (i < 3 && (bytes[i] & 0xc0) === 0x80) i++
  return i
}

export const countLineFeeds = (bytes: Buffer): number => {
  let count = 0
  for (let i = bytes.indexOf(10); i !== -1; i = bytes.indexOf(10, i + 1)) count++
  return count
}
