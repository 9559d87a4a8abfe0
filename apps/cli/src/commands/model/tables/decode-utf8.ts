import { isUtf8 } from 'node:buffer'
import { CliError } from '../../../terminal/cli-error.ts'

/**
 * Makes sure that bytes are text in UTF-8, piece by piece. The pieces that come out end with whole characters.
 *
 * @param name what a message calls the file
 * @param remedy what to do if it is another encoding
 * @throws CliError when it is not text in UTF-8; the message names the line, and never quotes the contents
 */
export async function* checkUtf8(
  pieces: AsyncIterable<Buffer>,
  name: string,
  remedy: string,
): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  let lines = 1
  for await (const piece of pieces) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    const end = bytes.length - cutOff(bytes)
    const whole = bytes.subarray(0, end)
    if (!isUtf8(whole)) throw notUtf8(name, remedy, bytes, lines)
    if (whole.includes(0)) throw isBinaryError(name)
    yield whole
    lines += countLineFeeds(whole)
    rest = bytes.subarray(end)
  }
  if (rest.length > 0) throw notUtf8(name, remedy, Buffer.alloc(0), lines)
}

/** Decodes text in UTF-8, piece by piece. @throws as {@link checkUtf8} */
export async function* decodeUtf8(
  pieces: AsyncIterable<Buffer>,
  name: string,
  remedy: string,
): AsyncGenerator<string> {
  for await (const bytes of checkUtf8(pieces, name, remedy)) yield bytes.toString('utf8')
}

/** How many bytes at the end begin a character that goes on in the next piece. */
const cutOff = (bytes: Buffer) => {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]
    if ((byte & 0xc0) === 0x80) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return length > back ? back : 0
  }
  return 0
}

export const isBinaryError = (name: string): CliError =>
  new CliError(`${name} is binary. Expected text in UTF-8`)

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
