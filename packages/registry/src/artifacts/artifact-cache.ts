import { createHash } from 'node:crypto'
import { readdir, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { Artifact } from '@dsapi/inference'
import { beginFile, hashFile } from './artifact-file.ts'
import { type CacheFolder, openCacheFolder } from './cache-folder.ts'

/** Files up to this size stay in memory, and need no disk. */
export const mostInMemory = 2 ** 20

/** How long a file stays that no process holds any more. Each process touches those that it holds more often. */
const keptUnusedMs = 3_600_000

/** A file in the database is not what its hash says. */
export class DamagedArtifactError extends Error {
  override readonly name = 'DamagedArtifactError'
}

/** The file of a model, and what is known of it once all of it is there. */
export type ReceivedArtifact = {
  readonly artifact: Artifact
  readonly sha256: string
  readonly size: number
}

/** The files of models on the disk of this machine, by their hashes. Processes share it. */
export type ArtifactCache = {
  /**
   * Keeps what streams in; where that is cut, or `onChunk` throws, nothing of it stays.
   *
   * @param onChunk is called with each chunk before it is kept
   */
  readonly receive: (
    content: AsyncIterable<Uint8Array>,
    onChunk: (chunk: Uint8Array) => void,
  ) => Promise<ReceivedArtifact>
  /**
   * Finds a file, or keeps the one that is read.
   *
   * @throws DamagedArtifactError when what is read is not what the hash says
   */
  readonly find: (
    wanted: { readonly sha256: string; readonly size: number },
    read: () => AsyncIterable<Uint8Array>,
  ) => Promise<Artifact>
  readonly remove: (sha256: string) => Promise<void>
  /** Keeps these files and, for an hour, those of other processes. */
  readonly tidy: (held: Iterable<string>, now: number) => Promise<void>
  readonly close: () => Promise<void>
}

/** Makes the cache; its folder is made when the first file comes that does not stay in memory. */
export const createArtifactCache = (
  wantedFolder: string,
  onUnusable: (message: string) => void,
): ArtifactCache => {
  let opening: Promise<CacheFolder> | undefined
  const folder = async () => {
    opening ??= openCacheFolder(wantedFolder, onUnusable)
    return (await opening).path
  }

  const receive: ArtifactCache['receive'] = async (content, onChunk) => {
    const hash = createHash('sha256')
    const chunks: Uint8Array[] = []
    let size = 0
    let file: Awaited<ReturnType<typeof beginFile>> | undefined
    try {
      for await (const chunk of content) {
        onChunk(chunk)
        hash.update(chunk)
        size += chunk.length
        if (file === undefined) {
          chunks.push(chunk)
          if (size <= mostInMemory) continue
          file = await beginFile(await folder())
          for (const kept of chunks.splice(0)) await file.write(kept)
        } else {
          await file.write(chunk)
        }
      }
      const sha256 = hash.digest('hex')
      if (file === undefined) return { artifact: inMemory(chunks, size), sha256, size }
      return { artifact: { type: 'file', path: await file.finish(sha256), size }, sha256, size }
    } finally {
      await file?.discard()
    }
  }

  const find: ArtifactCache['find'] = async ({ sha256, size }, read) => {
    if (size > mostInMemory) {
      const path = join(await folder(), sha256)
      if ((await hashFile(path)) === sha256) {
        await touch(path)
        return { type: 'file', path, size }
      }
      await rm(path, { force: true })
    }
    const received = await receive(read(), () => {})
    if (received.sha256 === sha256) return received.artifact
    if (received.artifact.type === 'file') await rm(received.artifact.path, { force: true })
    throw new DamagedArtifactError(
      'it does not match its SHA-256, so its pieces in the database were changed',
    )
  }

  return {
    receive,
    find,
    remove: async (sha256) => {
      if (opening !== undefined) await rm(join(await folder(), sha256), { force: true })
    },
    tidy: async (held, now) => {
      if (opening === undefined) return
      await tidyFolder(await folder(), new Set(held), now)
    },
    close: async () => (await opening)?.close(),
  }
}

const inMemory = (chunks: readonly Uint8Array[], size: number): Artifact => {
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return { type: 'bytes', bytes }
}

const touch = async (path: string) => {
  const now = new Date()
  await utimes(path, now, now).catch(() => {})
}

const tidyFolder = async (folder: string, held: ReadonlySet<string>, now: number) => {
  for (const name of await readdir(folder)) {
    if (!/^[0-9a-f-]+(?:\.part)?$/.test(name)) continue // Not ours.
    const path = join(folder, name)
    if (held.has(name)) {
      await touch(path)
      continue
    }
    const stats = await stat(path).catch(() => undefined)
    if (stats !== undefined && now - stats.mtimeMs > keptUnusedMs) await rm(path, { force: true })
  }
}
