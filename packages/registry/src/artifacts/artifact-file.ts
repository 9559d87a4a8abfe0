import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** How many bytes are hashed at a time: about a millisecond, in which nobody is answered. */
const chunkBytes = 2 ** 18

/** A file that is being written, under a name that nobody reads. */
export type PartFile = {
  readonly write: (chunk: Uint8Array) => Promise<void>
  /** Puts the whole file on disk, and in its place. */
  readonly finish: (name: string) => Promise<string>
  /** Removes it, if it is not finished. */
  readonly discard: () => Promise<void>
}

/** Begins a file in a folder, which only its owner may read. */
export const beginFile = async (folder: string): Promise<PartFile> => {
  const part = join(folder, `${randomUUID()}.part`)
  const file = await open(part, 'wx', 0o600)
  let isOpen = true
  const close = async () => {
    if (isOpen) await file.close()
    isOpen = false
  }
  return {
    write: async (chunk) => {
      await file.writeFile(chunk)
    },
    finish: async (name) => {
      await file.sync()
      await close()
      const path = join(folder, name)
      await rename(part, path)
      return path
    },
    discard: async () => {
      await close()
      await rm(part, { force: true })
    },
  }
}

/** SHA-256 of a file, in hex; undefined when there is none. */
export const hashFile = async (path: string): Promise<string | undefined> => {
  if ((await stat(path).catch(() => undefined)) === undefined) return undefined
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) {
    hash.update(chunk)
  }
  return hash.digest('hex')
}
