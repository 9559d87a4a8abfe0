import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import {
  countPieceBytes,
  type Database,
  deletePiecesFrom,
  findPiece,
  groupCommit,
  putPiece,
} from '@dsapi/db'
import type { Artifact } from '@dsapi/inference'
import type { ReceivedArtifact } from './artifact-cache.ts'

const pieceBytes = 2 ** 20

/** Stores a file in pieces, each in a commit of its own. Nothing is written where it is there already, and whole; what
 * an addition that was cut has left, or somebody has damaged, is replaced. */
export const storePieces = async (
  db: Database,
  { artifact, sha256, size }: ReceivedArtifact,
  now: number,
): Promise<void> => {
  if ((await isStored(db, { sha256, size })) && (await hashPieces(db, sha256)) === sha256) return
  let position = 0
  for await (const content of piecesOf(artifact)) {
    const place = { sha256, position: position++ }
    await groupCommit(db, (transaction) => putPiece(transaction, place, { content, now }))
  }
  await groupCommit(db, (transaction) => deletePiecesFrom(transaction, { sha256, position }))
}

/** Whether as many bytes are there as the file has. */
export const isStored = async (
  db: Database,
  { sha256, size }: Pick<ReceivedArtifact, 'sha256' | 'size'>,
): Promise<boolean> => (await countPieceBytes(db, sha256)) === size

/** Reads a file from its pieces. */
export async function* readPieces(db: Database, sha256: string): AsyncGenerator<Uint8Array> {
  for (let position = 0; ; position++) {
    const piece = await findPiece(db, { sha256, position })
    if (piece === undefined) return
    yield piece
  }
}

const hashPieces = async (db: Database, sha256: string) => {
  const hash = createHash('sha256')
  for await (const piece of readPieces(db, sha256)) hash.update(piece)
  return hash.digest('hex')
}

async function* piecesOf(artifact: Artifact): AsyncGenerator<Uint8Array> {
  if (artifact.type === 'bytes') {
    for (let start = 0; start < artifact.bytes.length; start += pieceBytes) {
      yield Buffer.from(artifact.bytes.subarray(start, start + pieceBytes))
    }
    return
  }
  const file = await open(artifact.path)
  try {
    for (let start = 0; start < artifact.size; start += pieceBytes) {
      const piece = Buffer.alloc(Math.min(pieceBytes, artifact.size - start))
      await file.read(piece, 0, piece.length, start)
      yield piece
    }
  } finally {
    await file.close()
  }
}
