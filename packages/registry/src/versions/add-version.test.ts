import { readdir } from 'node:fs/promises'
import {
  type Database,
  findModel,
  findModelVersion,
  listModelAudit,
  listModelVersions,
} from '@dsapi/db'
import { emptyDatabase } from '@dsapi/testing'
import { beforeEach, describe, expect, test } from 'vitest'
import { add, by, fileOf, inChunks, newHost, openNew } from '../../test/a-model.ts'
import { sha256Of } from '../artifacts/hash.ts'
import { ModelRefusedError } from '../errors.ts'
import { loadVersion } from '../loading/load-version.ts'

let db: Database
let host: Awaited<ReturnType<typeof newHost>>

beforeEach(async () => {
  db = await openNew(await emptyDatabase())
  host = await newHost()
})

const countPieces = async () =>
  (await db.selectFrom('artifact_pieces').select('position').execute()).length

const refusal = async (added: Promise<unknown>): Promise<ModelRefusedError> => {
  const error = await added.catch((thrown: unknown) => thrown)
  if (error instanceof ModelRefusedError) return error
  throw new Error('It should have been refused', { cause: error })
}

describe('a version that is added', () => {
  test('gets the next number of its model, and the hash of its file', async () => {
    const file = fileOf()
    const sha256 = sha256Of(file)
    expect(await add(db, host, { file })).toEqual({
      ...{ name: 'churn', version: 1, sha256, tag: `1-${sha256.slice(0, 8)}`, isServed: true },
      ...{ format: 'dsapi-logistic-regression', warnings: [] },
    })
    expect(await add(db, host, { file: fileOf(2) })).toMatchObject({ version: 2, isServed: false })
    expect(await add(db, host, { name: 'fraud' })).toMatchObject({ version: 1, isServed: true })
  })

  test('is served only when it is asked for, except the first of a model', async () => {
    for (const serve of [false, false, true]) await add(db, host, { serve })
    expect(await findModel(db, 'churn')).toMatchObject({ served: 3, history: '[1]' })
  })

  test('has a hash over its options, in whatever order they are given', async () => {
    const options = [{}, { features: ['y'] }, { features: ['y'], rename: { y: 'z' } }]
    const hashes = new Set<string>()
    for (const one of options) hashes.add((await add(db, host, { options: one })).sha256)
    const { sha256 } = await add(db, host, { options: { rename: { y: 'z' }, features: ['y'] } })
    expect(hashes.size).toBe(3)
    expect(hashes).toContain(sha256)
    const row = await findModelVersion(db, { name: 'churn', version: 3 })
    expect(row?.options).toBe('{"features":["y"],"rename":{"y":"z"}}')
  })

  test('is loaded as it was added, its file larger than a piece or not', async () => {
    for (const padding of [0, 3 * 2 ** 20]) {
      const file = fileOf(1, padding)
      const { version } = await add(db, host, { file })
      const loaded = await loadVersion(db, await newHost(), { name: 'churn', version })
      expect(loaded).toMatchObject({
        ...{ version, sha256: sha256Of(file), createdAt: by.now, options: {} },
        artifact: { type: padding === 0 ? 'bytes' : 'file' },
        model: { info: { featureNames: ['x'] } },
      })
    }
  })

  test('has its file stored once, whatever else has the same', async () => {
    const file = fileOf(1, 2 * 2 ** 20)
    await add(db, host, { file })
    expect(await countPieces()).toBe(3)
    await add(db, host, { file, name: 'fraud' })
    await add(db, host, { file, options: { features: ['y'] } })
    expect(await countPieces()).toBe(3)
  })

  test('is in the audit, with who added it', async () => {
    await add(db, host)
    expect(await listModelAudit(db, { limit: 9 })).toMatchObject([
      { id: 2, at: 5, actor: 'cli:test', action: 'serve', name: 'churn', version: 1, detail: '{}' },
      { id: 1, at: 5, actor: 'cli:test', action: 'add', name: 'churn', version: 1 },
    ])
  })

  test('mends the file of another one that was damaged in the database', async () => {
    const file = fileOf(1, 2 * 2 ** 20)
    await add(db, host, { file })
    await db
      .updateTable('artifact_pieces')
      .set({ content: Buffer.alloc(2 ** 20) })
      .where('position', '=', 1)
      .execute()
    const key = { name: 'churn', version: 1 }
    await expect(loadVersion(db, await newHost(), key)).rejects.toThrow(
      'does not match its SHA-256',
    )
    await add(db, host, { file })
    expect(await loadVersion(db, await newHost(), key)).toMatchObject({ version: 1 })
  })

  test('by several at once gets a number of its own', async () => {
    const added = await Promise.all(
      [1, 2, 3, 4].map((weight) => add(db, host, { file: fileOf(weight) })),
    )
    expect(added.map(({ version }) => version).toSorted()).toEqual([1, 2, 3, 4])
    expect(added.filter(({ isServed }) => isServed)).toHaveLength(1)
  })
})

describe('a file that is refused', () => {
  const nothingIsLeft = async () => {
    expect(await listModelVersions(db, 'churn')).toEqual([])
    expect(await countPieces()).toBe(0)
    expect(await readdir(host.folder)).toEqual([])
  }

  test.each([
    ['is no model', Buffer.from('a,b\n1,2\n'), 'not_a_model'],
    [
      'is a damaged one',
      Buffer.from('{"format":"dsapi-logistic-regression","coef":[]}'),
      'unreadable',
    ],
    ['is empty', Buffer.alloc(0), 'not_a_model'],
    ['is a large damaged one', Buffer.from(`{"coef":[${' '.repeat(2 ** 21)}`), 'unreadable'],
  ])('because it %s leaves nothing', async (_, file, code) => {
    expect((await refusal(add(db, host, { file }))).code).toBe(code)
    await nothingIsLeft()
  })

  test.each([
    [
      'its samples say otherwise',
      { samples: '{"rows":[[0],[3]],"expected":[0,0]}' },
      'wrong_samples',
    ],
    ['its samples are none', { samples: 'no samples' }, 'wrong_samples'],
    ['it has no such option', { options: { missing: 'zero' } }, 'invalid_options'],
  ] as const)('because %s leaves nothing', async (_, options, code) => {
    expect((await refusal(add(db, host, options))).code).toBe(code)
    await nothingIsLeft()
  })

  test.each([1000, 2 ** 21])(
    'because it has more bytes than %i leaves nothing',
    async (maxBytes) => {
      const error = await refusal(add(db, host, { file: fileOf(1, 2 ** 22), maxBytes }))
      expect(error.code).toBe('too_large')
      expect(error.message).toContain(`more than ${maxBytes} bytes`)
      await nothingIsLeft()
    },
  )

  test('because its upload was cut leaves nothing', async () => {
    async function* cut() {
      yield* inChunks(fileOf(1, 2 ** 22))
      throw new Error('aborted')
    }
    await expect(add(db, host, { content: cut() })).rejects.toThrow('aborted')
    await nothingIsLeft()
  })

  test('stays in the cache where another version has it', async () => {
    const file = fileOf(1, 2 ** 22)
    await add(db, host, { file })
    const options = { output: 'margin' } as const
    await add(db, host, { file, options }).catch(() => {})
    expect(await readdir(host.folder)).toEqual([sha256Of(file)])
  })

  test('because of its name is a mistake of the program', async () => {
    await expect(add(db, host, { name: '../etc' })).rejects.toThrow(RangeError)
  })
})
