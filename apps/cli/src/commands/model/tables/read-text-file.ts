import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { TextDecoder } from 'node:util'
import { workingFolder } from '@dsapi/config'
import { CliError } from '../../../terminal/cli-error.ts'
import { explainSystemError } from '../../../terminal/explain-system-error.ts'
import { quoteForShell } from '../../../terminal/quote-for-shell.ts'
import { fileKindOf } from './file-kind.ts'

/**
 * Reads a file of text in UTF-8, piece by piece.
 *
 * @param file as it was typed, relative to the folder in which the command was run
 * @throws CliError when there is no such file, it cannot be read, or it is not text in UTF-8; the message says what
 *   kind of file it seems to be and what to do, and never quotes its contents
 */
export async function* readTextFile(file: string): AsyncGenerator<string> {
  const path = resolve(workingFolder(), file)
  const shown = JSON.stringify(file)
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let lines = 1
  try {
    if ((await stat(path)).isDirectory()) {
      throw new CliError(`${shown} is a folder. Expected a file`)
    }
    for await (const bytes of createReadStream(path) as AsyncIterable<Buffer>) {
      if (lines === 1) refuseKind(file, bytes)
      const text = decode(decoder, bytes)
      if (text === undefined) throw notUtf8(file, bytes, lines)
      if (bytes.includes(0)) {
        throw new CliError(`${shown} is binary. Expected text in UTF-8`)
      }
      yield text
      lines += countLineFeeds(bytes)
    }
    if (decode(decoder, undefined) === undefined) throw notUtf8(file, Buffer.alloc(0), lines)
  } catch (error) {
    const reason = explainSystemError(error)
    if (reason === undefined) throw error
    if (isMissing(error)) throw new CliError(`There is no file ${shown}`)
    throw new CliError(`The file ${shown} cannot be read: ${reason}`)
  }
}

const refuseKind = (file: string, bytes: Buffer) => {
  const kind = fileKindOf(bytes)
  if (kind === undefined) return
  throw new CliError(
    `${JSON.stringify(file)} ${kind.is}. Expected text in UTF-8. ${kind.remedy(quoteForShell(file))}`,
  )
}

/** Decodes the next bytes, or the end; undefined if they are not UTF-8. */
const decode = (decoder: TextDecoder, bytes: Buffer | undefined) => {
  try {
    return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
  } catch {
    return undefined
  }
}

/** The encoding cannot be known; with Windows-1252, which holds Latin-1's letters, any bytes can be converted. */
const notUtf8 = (file: string, bytes: Buffer, lines: number) => {
  if (isBinary(bytes)) {
    return new CliError(`${JSON.stringify(file)} is binary. Expected text in UTF-8`)
  }
  const line = lines + linesBefore(bytes)
  return new CliError(
    `${JSON.stringify(file)} is not UTF-8, on line ${line}. Expected text in UTF-8. If it is Latin-1 or Windows-1252, convert it: iconv -f WINDOWS-1252 -t UTF-8 ${quoteForShell(file)} > utf8.csv`,
  )
}

const isMissing = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'

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

const countLineFeeds = (bytes: Buffer) => {
  let count = 0
  for (let i = bytes.indexOf(10); i !== -1; i = bytes.indexOf(10, i + 1)) count++
  return count
}
