import { chmod, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryFolder } from '@dsapi/testing'
import { describe, expect, onTestFinished, test } from 'vitest'
import { inChunks } from '../../test/a-model.ts'
import { createArtifactCache, DamagedArtifactError, mostInMemory } from './artifact-cache.ts'
import { sha256Of } from './hash.ts'

const newCache = async (folder?: string) => {
  const wanted = folder ?? join(await temporaryFolder(), 'a', 'b')
  const warnings: string[] = []
  const cache = createArtifactCache(wanted, (message) => warnings.push(message))
  onTestFinished(cache.close)
  return { ...cache, folder: wanted, warnings }
}

const bytesOf = (size: number) => Uint8Array.from({ length: size }, (_, i) => i % 251)
const small = bytesOf(1000)
const large = bytesOf(mostInMemory + 1)
const key = (bytes: Uint8Array) => ({ sha256: sha256Of(bytes), size: bytes.length })
const neverRead = () => {
  throw new Error('It should not be read')
}

test('a small file stays in memory, without a folder', async () => {
  const cache = await newCache()
  const artifact = await cache.find(key(small), () => inChunks(small, 7))
  expect(artifact).toEqual({ type: 'bytes', bytes: small })
  await expect(stat(cache.folder)).rejects.toThrow('ENOENT')
})

describe('a large file', () => {
  test('is kept on disk for this user only, and read once', async () => {
    const cache = await newCache()
    const path = join(cache.folder, sha256Of(large))
    const artifact = { type: 'file', path, size: large.length }
    expect(await cache.find(key(large), () => inChunks(large))).toEqual(artifact)
    expect((await readFile(path)).equals(large)).toBe(true)
    expect((await stat(cache.folder)).mode & 0o777).toBe(0o700)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await cache.find(key(large), neverRead)).toEqual(artifact)
    const other = await newCache(cache.folder)
    expect(await other.find(key(large), neverRead)).toEqual(artifact)
  })

  test('that was damaged or cut on disk is read again', async () => {
    const cache = await newCache()
    await cache.find(key(large), () => inChunks(large))
    const path = join(cache.folder, sha256Of(large))
    for (const damaged of [large.with(5, 99), large.subarray(1), new Uint8Array()]) {
      await writeFile(path, damaged)
      await cache.find(key(large), () => inChunks(large))
      expect((await readFile(path)).equals(large)).toBe(true)
    }
  })

  test('two that ask for it at once get it whole', async () => {
    const cache = await newCache()
    const find = () => cache.find(key(large), () => inChunks(large))
    expect(new Set((await Promise.all([find(), find()])).map(({ type }) => type))).toEqual(
      new Set(['file']),
    )
    expect(await readdir(cache.folder)).toEqual([sha256Of(large)])
  })
})

test.each([
  ['small', small],
  ['large', large],
])('a %s file that is not what its hash says is refused, and not kept', async (_, bytes) => {
  const cache = await newCache()
  const found = cache.find(key(bytes), () => inChunks(bytes.with(0, 77)))
  await expect(found).rejects.toThrow(DamagedArtifactError)
  expect(await readdir(cache.folder).catch(() => [])).toEqual([])
})

describe('tidying', () => {
  const hourAgo = new Date(Date.now() - 3_700_000)

  test('removes what nobody has held for an hour, and the rest of what was cut', async () => {
    const cache = await newCache()
    const others = [1, 2].map((extra) => bytesOf(mostInMemory + 1 + extra))
    for (const bytes of [large, ...others]) await cache.find(key(bytes), () => inChunks(bytes))
    const [held, unheld, recent] = [large, ...others].map(sha256Of)
    await writeFile(join(cache.folder, '0af3.part'), '')
    await writeFile(join(cache.folder, 'a file of the user'), '')
    for (const name of [held, unheld, '0af3.part', 'a file of the user']) {
      await utimes(join(cache.folder, name), hourAgo, hourAgo)
    }
    await cache.tidy([held], Date.now())
    expect((await readdir(cache.folder)).toSorted()).toEqual(
      ['a file of the user', held, recent].toSorted(),
    )
    // What is held stays for others too, who may be about to hold it.
    expect((await stat(join(cache.folder, held))).mtimeMs).toBeGreaterThan(hourAgo.getTime())
  })

  test('does nothing where no folder was needed', async () => {
    const cache = await newCache()
    await cache.tidy([], Date.now())
    await expect(stat(cache.folder)).rejects.toThrow('ENOENT')
  })
})

describe('a folder', () => {
  test('that others could read is made private', async () => {
    const folder = await temporaryFolder()
    await chmod(folder, 0o755)
    const cache = await newCache(folder)
    await cache.find(key(large), () => inChunks(large))
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
  })

  test('that cannot be made is replaced by a private temporary one, which is told and removed', async () => {
    const file = join(await temporaryFolder(), 'file')
    await writeFile(file, '')
    const { find, close, warnings } = await newCache(join(file, 'models'))
    const artifact = await find(key(large), () => inChunks(large))
    if (artifact.type !== 'file') throw new Error('It should be a file')
    expect(warnings).toEqual([expect.stringContaining('DSAPI_MODEL_CACHE')])
    expect((await stat(join(artifact.path, '..'))).mode & 0o777).toBe(0o700)
    await close()
    await expect(stat(artifact.path)).rejects.toThrow('ENOENT')
  })
})
