import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { workingFolder } from '@dsapi/config'
import { CliError } from '../../../terminal/cli-error.ts'
import { explainSystemError } from '../../../terminal/explain-system-error.ts'
import { startProgress } from '../../../terminal/progress.ts'

/** The name of the standard input in the place of a file. */
export const standardInput = '-'

/** Fewer and larger pieces take less time. */
const pieceLength = 1_048_576

/** What a message calls a file. */
export const nameOfFile = (file: string): string =>
  file === standardInput ? 'the standard input' : JSON.stringify(file)

/**
 * Reads a file, or the standard input, piece by piece.
 *
 * @param file as it was typed, relative to the folder in which the command was run; `-` for the standard input
 * @throws CliError when there is no such file, or it cannot be read
 */
export async function* readBytes(file: string): AsyncGenerator<Buffer> {
  try {
    const { pieces, size } = file === standardInput ? input() : await openFile(file)
    yield* withProgress(pieces, size)
  } catch (error) {
    const reason = explainSystemError(error)
    if (reason === undefined) throw error
    if (isMissing(error)) throw new CliError(`There is no file ${nameOfFile(file)}`)
    throw new CliError(`The file ${nameOfFile(file)} cannot be read: ${reason}`)
  }
}

type OpenFile = {
  readonly pieces: AsyncIterable<Buffer>
  /** In bytes, where it is known. */
  readonly size: number | undefined
}

const input = (): OpenFile => ({ pieces: process.stdin, size: undefined })

const openFile = async (file: string): Promise<OpenFile> => {
  const path = resolve(workingFolder(), file)
  const found = await stat(path)
  if (found.isDirectory()) {
    throw new CliError(`${nameOfFile(file)} is a folder. Expected a file`)
  }
  const pieces = createReadStream(path, { highWaterMark: pieceLength })
  // A pipe by its name has no size.
  return { pieces, size: found.size === 0 ? undefined : found.size }
}

async function* withProgress(
  pieces: AsyncIterable<Buffer>,
  size: number | undefined,
): AsyncGenerator<Buffer> {
  const progress = startProgress('reading')
  let read = 0
  try {
    for await (const bytes of pieces) {
      read += bytes.length
      const done = `${megabytes(read)}${size === undefined ? '' : ` of ${megabytes(size)}`} MB`
      progress.update(size === undefined ? undefined : Math.min(1, read / size), done)
      yield bytes
    }
  } finally {
    progress.end()
  }
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(0)

const isMissing = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'
