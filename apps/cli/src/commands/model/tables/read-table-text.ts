import { isUtf8 } from 'node:buffer'
import { Readable } from 'node:stream'
import { TextDecoder } from 'node:util'
import { createGunzip } from 'node:zlib'
import { CliError } from '../../../terminal/cli-error.ts'
import { quoteForShell } from '../../../terminal/quote-for-shell.ts'
import { checkUtf8, countLineFeeds, isBinaryError } from './decode-utf8.ts'
import { decodeWindows1252 } from './encodings.ts'
import { fileKindOf } from './file-kind.ts'
import { nameOfFile, readBytes } from './read-bytes.ts'

/** So many bytes show the kind of a file. A pipe may give fewer at first. */
const headLength = 4096

/**
 * Reads the text of a table as bytes in UTF-8, piece by piece: from a file or the standard input, packed by gzip or not, in UTF-8,
 * UTF-16 or the encoding that is given. Pieces end with whole characters.
 *
 * @param file as it was typed, relative to the folder in which the command was run; `-` for the standard input
 * @param encoding as `readEncoding` gives it
 * @throws CliError when it cannot be read, is another kind of file, or has bytes that are not of its encoding; the message
 *   never quotes its contents
 */
export async function* readTableText(file: string, encoding?: string): AsyncGenerator<Buffer> {
  const name = nameOfFile(file)
  let pieces: AsyncIterable<Buffer> = withHead(readBytes(file))
  let head = await firstOf(pieces)
  if (head.bytes.subarray(0, 2).equals(gzipMark)) {
    pieces = withHead(unzip(head.all, name))
    head = await firstOf(pieces)
  }
  const kind = fileKindOf(head.bytes)
  const utf16 = kind === undefined ? undefined : utf16Of(head.bytes, kind.is)
  if (kind !== undefined && utf16 === undefined) {
    throw new CliError(
      `${name} ${kind.is}. Expected text of a table. ${kind.remedy(quoteForShell(file))}`,
    )
  }
  yield* decode(head.all, { name, utf16, encoding })
}

type Head = { readonly bytes: Buffer; readonly all: AsyncIterable<Buffer> }

const gzipMark = Buffer.from([0x1f, 0x8b])

/** The first piece, and all pieces again. */
const firstOf = async (pieces: AsyncIterable<Buffer>): Promise<Head> => {
  const iterator = pieces[Symbol.asyncIterator]()
  const { value, done } = await iterator.next()
  const bytes: Buffer = done ? Buffer.alloc(0) : value
  const rest = { [Symbol.asyncIterator]: () => iterator }
  return { bytes, all: after(bytes, rest) }
}

async function* after(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first
  yield* rest
}

/** The same pieces, of which the first is long enough to show the kind of the file. */
async function* withHead(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0)
  for await (const bytes of pieces) {
    if (head === undefined) yield bytes
    else {
      head = head.length === 0 ? bytes : Buffer.concat([head, bytes])
      if (head.length < headLength) continue
      yield head
      head = undefined
    }
  }
  if (head !== undefined && head.length > 0) yield head
}

async function* unzip(pieces: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  const gunzip = createGunzip()
  const source = Readable.from(pieces)
  source.on('error', (error) => gunzip.destroy(error)).pipe(gunzip)
  try {
    yield* gunzip as AsyncIterable<Buffer>
  } catch (error) {
    if (!isZlibError(error)) throw error
    throw new CliError(`${name} is compressed by gzip, and damaged or cut off`)
  } finally {
    source.destroy()
    gunzip.destroy()
  }
}

const isZlibError = (error: unknown) =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')

type Text = {
  readonly name: string
  /** The byte order, where the file is in UTF-16. */
  readonly utf16: 'utf-16le' | 'utf-16be' | undefined
  readonly encoding: string | undefined
}

const utf16Of = (bytes: Buffer, is: string) => {
  if (is !== 'is text in UTF-16') return undefined
  const isBig = (bytes[0] === 0xfe && bytes[1] === 0xff) || bytes[0] === 0
  return isBig ? 'utf-16be' : 'utf-16le'
}

const decode = (
  pieces: AsyncIterable<Buffer>,
  { name, utf16, encoding }: Text,
): AsyncGenerator<Buffer> => {
  const found = utf16 ?? 'utf-8'
  const isUtf16 = encoding?.startsWith('utf-16') ?? false
  if (isUtf16 && utf16 === undefined) {
    throw new CliError(`${name} is not UTF-16. Leave out --encoding, or give the one that it has`)
  }
  if (encoding !== undefined && utf16 !== undefined && !isUtf16) {
    throw new CliError(`${name} is UTF-16, and not ${encoding}. Leave out --encoding`)
  }
  const chosen = encoding === undefined || isUtf16 ? found : encoding
  if (chosen === 'utf-8') {
    const remedy = 'If it is Latin-1 or Windows-1252: --encoding windows-1252'
    return checkUtf8(pieces, name, remedy)
  }
  return recode(pieces, name, chosen)
}

async function* recode(
  pieces: AsyncIterable<Buffer>,
  name: string,
  encoding: string,
): AsyncGenerator<Buffer> {
  const isUtf16 = encoding.startsWith('utf-16')
  const decodeBytes: (bytes?: Buffer) => string | undefined =
    encoding === 'windows-1252' ? decodeWindows1252 : streamDecoder(encoding)
  let lines = 1
  let hasLetters = isUtf16
  for await (const bytes of pieces) {
    if (!isUtf16 && bytes.includes(0)) throw isBinaryError(name)
    if (!hasLetters && bytes.some((byte) => byte >= 0x80)) {
      hasLetters = true
      refuseUtf8(bytes, name, encoding)
    }
    const text = decodeBytes(bytes)
    if (text === undefined) {
      throw new CliError(
        `${name} has bytes that are not ${encoding}, on line ${lines} or soon after. Give the encoding that it has: --encoding`,
      )
    }
    yield Buffer.from(text, 'utf8')
    lines += isUtf16 ? text.split('\n').length - 1 : countLineFeeds(bytes)
  }
  if (decodeBytes() === undefined) {
    throw new CliError(`${name} ends within a character of ${encoding}`)
  }
}

const streamDecoder = (encoding: string) => {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  return (bytes?: Buffer) => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
    } catch {
      return undefined
    }
  }
}

/** Letters beyond ASCII that are whole UTF-8 are hardly ever something else. */
const refuseUtf8 = (bytes: Buffer, name: string, encoding: string) => {
  const last = bytes.lastIndexOf(10)
  if (!isUtf8(last === -1 ? bytes : bytes.subarray(0, last))) return
  if (!bytes.subarray(0, last === -1 ? undefined : last).some((byte) => byte >= 0x80)) return
  throw new CliError(`${name} is UTF-8, and not ${encoding}. Leave out --encoding`)
}
