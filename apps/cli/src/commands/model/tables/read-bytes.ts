import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { workingFolder } from '@dsapi/config'
import { CliError } from '../../../terminal/cli-error.ts'
import { explainSystemError } from '../../../terminal/explain-system-error.ts'

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
    yield* file === standardInput ? process.stdin : await openFile(file)
  } catch (error) {
    const reason = explainSystemError(error)
    if (reason === undefined) throw error
    if (isMissing(error)) throw new CliError(`There is no file ${nameOfFile(file)}`)
    throw new CliError(`The file ${nameOfFile(file)} cannot be read: ${reason}`)
  }
}

const openFile = async (file: string): Promise<AsyncIterable<Buffer>> => {
  const path = resolve(workingFolder(), file)
  if ((await stat(path)).isDirectory()) {
    throw new CliError(`${nameOfFile(file)} is a folder. Expected a file`)
  }
  return createReadStream(path, { highWaterMark: pieceLength })
}

const isMissing = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'
