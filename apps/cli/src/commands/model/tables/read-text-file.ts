import { CliError } from '../../../terminal/cli-error.ts'
import { quoteForShell } from '../../../terminal/quote-for-shell.ts'
import { decodeUtf8 } from './decode-utf8.ts'
import { fileKindOf } from './file-kind.ts'
import { nameOfFile, readBytes } from './read-bytes.ts'

/**
 * Reads a file of text in UTF-8, piece by piece.
 *
 * @param file as it was typed, relative to the folder in which the command was run
 * @throws CliError when there is no such file, it cannot be read, or it is not text in UTF-8; the message says what
 *   kind of file it seems to be and what to do, and never quotes its contents
 */
export const readTextFile = (file: string): AsyncGenerator<string> => {
  // The encoding cannot be known; with Windows-1252, which holds Latin-1's letters, any bytes can be converted.
  const remedy = `If it is Latin-1 or Windows-1252, convert it: iconv -f WINDOWS-1252 -t UTF-8 ${quoteForShell(file)} > utf8.csv`
  return decodeUtf8(ofTextKind(file), nameOfFile(file), remedy)
}

async function* ofTextKind(file: string): AsyncGenerator<Buffer> {
  let isFirst = true
  for await (const bytes of readBytes(file)) {
    if (isFirst) refuseKind(file, bytes)
    isFirst = false
    yield bytes
  }
}

const refuseKind = (file: string, bytes: Buffer) => {
  const kind = fileKindOf(bytes)
  if (kind === undefined) return
  throw new CliError(
    `${nameOfFile(file)} ${kind.is}. Expected text in UTF-8. ${kind.remedy(quoteForShell(file))}`,
  )
}
