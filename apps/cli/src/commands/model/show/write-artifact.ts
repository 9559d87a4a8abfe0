import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { Database } from '@dsapi/db'
import { readVersionFile } from '@dsapi/registry'
import { CliError } from '../../../terminal/cli-error.ts'

/**
 * Writes the file of a version to a new file, piece by piece. Where that fails, nothing is left of it.
 *
 * @throws CliError when there is such a file already
 */
export const writeArtifact = async (
  db: Database,
  key: { readonly name: string; readonly version: number },
  path: string,
): Promise<void> => {
  try {
    await pipeline(readVersionFile(db, key), createWriteStream(path, { flags: 'wx' }))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw new CliError(`There is a file ${path} already. Name a new one: --artifact FILE`)
    }
    await rm(path, { force: true })
    throw error
  }
}
