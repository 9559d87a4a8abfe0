import { createHash } from 'node:crypto'
import type { Database } from '@dsapi/db'
import { DamagedArtifactError } from '../artifacts/artifact-cache.ts'
import { readPieces } from '../artifacts/pieces.ts'
import { requireVersion } from './change-models.ts'

/**
 * Reads the file of a version from the database, piece by piece.
 *
 * @throws VersionNotFoundError at the first piece; DamagedArtifactError after the last, when the file is not what its hash says
 */
export async function* readVersionFile(
  db: Database,
  key: { readonly name: string; readonly version: number },
): AsyncGenerator<Uint8Array> {
  const { artifact_sha256: sha256 } = await requireVersion(db, key)
  const hash = createHash('sha256')
  for await (const piece of readPieces(db, sha256)) {
    hash.update(piece)
    yield piece
  }
  if (hash.digest('hex') === sha256) return
  throw new DamagedArtifactError(
    `The file of version ${key.version} of the model ${key.name} does not match its SHA-256, so its pieces in the database were changed`,
  )
}
