import { readFile } from 'node:fs/promises'
import type { Artifact } from '../artifact.ts'

/** The bytes of a model's file. */
export const readArtifact = async (artifact: Artifact): Promise<Uint8Array> =>
  artifact.type === 'bytes' ? artifact.bytes : readFile(artifact.path)
