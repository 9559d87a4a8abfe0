import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { countPieceBytes, type Database, findModel, listModelAudit } from '@dsapi/db'
import { emptyDatabase } from '@dsapi/testing'
import { beforeEach, describe, expect, test } from 'vitest'
import { add, by, fileOf, newHost, openNew } from '../../test/a-model.ts'
import { sha256Of } from '../artifacts/hash.ts'
import { ModelChangeError, VersionInUseError, VersionNotFoundError } from '../errors.ts'
import { historyOf } from './change-models.ts'
import { endCanary, endShadow } from './end-trial.ts'
import { findModelSummary, listModels, listVersions } from './model-summary.ts'
import { removeVersion } from './remove-version.ts'
import { rollBack } from './roll-back.ts'
import { serveVersion } from './serve-version.ts'

let db: Database
let url: string
const name = 'churn'

/** Three versions, of which the first is served. */
beforeEach(async () => {
  url = await emptyDatabase()
  db = await openNew(url)
  const host = await newHost()
  for (const weight of [1, 2, 3]) await add(db, host, { name, file: fileOf(weight) })
})

const serve = (version: number, options: { canary?: number; shadow?: true } = {}) =>
  serveVersion(db, { name, version, ...options, ...by })

/** What was done since the versions were added, the newest first. */
const audit = async () =>
  (await listModelAudit(db, { name, limit: 99 }))
    .filter(({ id }) => id > 4)
    .map(({ action, version, actor, detail }) => [action, version, actor, JSON.parse(detail)])

describe('serving a version', () => {
  test('remembers what was served before', async () => {
    expect(await serve(3)).toMatchObject({ served: 3, servedBefore: [1] })
    expect(await serve(2)).toMatchObject({ served: 2, servedBefore: [3, 1] })
    expect(await serve(3)).toMatchObject({ served: 3, servedBefore: [2, 1] })
    expect(await audit()).toEqual([
      ['serve', 3, 'cli:test', { before: 2 }],
      ['serve', 2, 'cli:test', { before: 3 }],
      ['serve', 3, 'cli:test', { before: 1 }],
    ])
  })

  test('ends a canary, and a shadow that it was', async () => {
    await serve(2, { canary: 0.1 })
    await serve(3, { shadow: true })
    expect(await serve(3)).toMatchObject({ served: 3, canary: undefined, shadow: undefined })
  })

  test('that is served already ends its canary', async () => {
    await serve(2, { canary: 0.1 })
    expect(await serve(1)).toMatchObject({ served: 1, canary: undefined, servedBefore: [] })
  })

  test.each([
    ['a version', { version: 4 }, 'There is no version 4 of the model churn'],
    ['a model', { name: 'fraud', version: 1 }, 'There is no model fraud'],
  ])('needs %s that is there', async (_, asked, message) => {
    const served = serveVersion(db, { name, ...asked, ...by })
    await expect(served).rejects.toThrow(VersionNotFoundError)
    await expect(served).rejects.toThrow(message)
    expect(await audit()).toEqual([])
  })
})

describe('a canary and a shadow', () => {
  test('are other versions beside the served one', async () => {
    await serve(2, { canary: 0.1 })
    expect(await serve(3, { shadow: true })).toMatchObject({
      ...{ served: 1, canary: { version: 2, share: 0.1 }, shadow: 3 },
    })
    expect(await audit()).toEqual([
      ['shadow', 3, 'cli:test', {}],
      ['canary', 2, 'cli:test', { share: 0.1 }],
    ])
  })

  test('are never the same version, nor the served one', async () => {
    await serve(2, { canary: 0.1 })
    expect(await serve(2, { shadow: true })).toMatchObject({ canary: undefined, shadow: 2 })
    expect(await serve(2, { canary: 0.2 })).toMatchObject({ shadow: undefined })
    await expect(serve(1, { canary: 0.1 })).rejects.toThrow(ModelChangeError)
    await expect(serve(1, { shadow: true })).rejects.toThrow(ModelChangeError)
  })

  test.each([0, 1, -0.1, Number.NaN])('a canary cannot have a share of %d', async (canary) => {
    await expect(serve(2, { canary })).rejects.toThrow('above 0 and below 1')
  })

  test('are ended, with the reason, if they are still those that are meant', async () => {
    await serve(2, { canary: 0.1 })
    await serve(3, { shadow: true })
    expect(await endCanary(db, { name, version: 3, ...by })).toBe(false)
    expect(await endCanary(db, { name, version: 2, reason: 'it fails', ...by })).toBe(true)
    expect(await endCanary(db, { name, ...by })).toBe(false)
    expect(await endShadow(db, { name, ...by })).toBe(true)
    expect(await findModel(db, name)).toMatchObject({
      canary: null,
      canary_share: null,
      shadow: null,
    })
    expect((await audit()).slice(0, 2)).toEqual([
      ['end-shadow', 3, 'cli:test', {}],
      ['end-canary', 2, 'cli:test', { reason: 'it fails' }],
    ])
  })
})

describe('rolling back', () => {
  test('goes back step by step, as far as versions were served', async () => {
    await serve(2)
    await serve(3)
    expect(await rollBack(db, { name, ...by })).toMatchObject({ served: 2, servedBefore: [1] })
    expect(await rollBack(db, { name, ...by })).toMatchObject({ served: 1, servedBefore: [] })
    await expect(rollBack(db, { name, ...by })).rejects.toThrow(
      'No other version of the model churn was served before version 1',
    )
    expect((await audit()).slice(0, 2)).toEqual([
      ['roll-back', 1, 'cli:test', { before: 2 }],
      ['roll-back', 2, 'cli:test', { before: 3 }],
    ])
  })

  test('leaves out a version that was removed', async () => {
    await serve(2)
    await serve(3)
    await removeVersion(db, { name, version: 2, ...by })
    expect(await rollBack(db, { name, ...by })).toMatchObject({ served: 1 })
  })
})

describe('removing a version', () => {
  test('removes its file too, unless another version has it', async () => {
    await add(db, await newHost(), { name: 'fraud', file: fileOf(2) })
    for (const version of [2, 3]) await removeVersion(db, { name, version, ...by })
    expect((await listVersions(db, name)).map(({ version }) => version)).toEqual([1])
    expect(await countPieceBytes(db, sha256Of(fileOf(2)))).toBe(fileOf(2).length)
    expect(await countPieceBytes(db, sha256Of(fileOf(3)))).toBe(0)
    expect((await audit())[0].slice(0, 2)).toEqual(['remove', 3])
  })

  test('does not free its number', async () => {
    await removeVersion(db, { name, version: 3, ...by })
    expect(await add(db, await newHost(), { name })).toMatchObject({ version: 4 })
  })

  test('is refused while it is served, the canary or the shadow', async () => {
    await serve(2, { canary: 0.1 })
    await serve(3, { shadow: true })
    for (const version of [1, 2, 3]) {
      await expect(removeVersion(db, { name, version, ...by })).rejects.toThrow(VersionInUseError)
    }
    expect(await listVersions(db, name)).toHaveLength(3)
  })
})

test('what people see of a model and its versions', async () => {
  await serve(2, { canary: 0.1 })
  await serve(3, { shadow: true })
  expect((await listModels(db)).map((model) => model.name)).toEqual([name])
  expect(await findModelSummary(db, name)).toMatchObject({
    served: 1,
    servedVersion: { version: 1 },
  })
  expect(await findModelSummary(db, 'fraud')).toBeUndefined()
  expect(await listVersions(db, name)).toMatchObject([
    { version: 3, isServed: false, canaryShare: undefined, isShadow: true },
    { version: 2, isServed: false, canaryShare: 0.1, isShadow: false },
    {
      ...{
        version: 1,
        isServed: true,
        canaryShare: undefined,
        isShadow: false,
        createdBy: 'cli:test',
      },
      ...{ format: 'dsapi-logistic-regression', size: fileOf(1).length, hasSamples: false },
      info: { featureNames: ['x'], output: { type: 'classes', classes: [0, 1] } },
    },
  ])
})

test('two processes that change a model at once make one change after the other', async () => {
  const script = `
    const { openDatabase } = await import(${JSON.stringify(import.meta.resolve('@dsapi/db'))})
    const { serveVersion } = await import(${JSON.stringify(import.meta.resolve('../index.ts'))})
    const db = await openDatabase({ url: ${JSON.stringify(url)} })
    for (let i = 0; i < 20; i++) {
      await serveVersion(db, { name: 'churn', version: 1 + (i % 3), actor: process.argv[1], now: i })
    }
    await db.destroy()`
  const run = (actor: string) =>
    promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script, actor])
  await Promise.all([run('one'), run('other')])
  const changes = (await audit()).toReversed()
  expect(changes).toHaveLength(40)
  // Each has seen what the one before it has done.
  let before = 1
  for (const [, version, , detail] of changes) {
    expect(detail).toEqual({ before })
    before = version
  }
  const model = await findModel(db, name)
  expect(model?.served).toBe(before)
  expect(model && new Set(historyOf(model)).size).toBe(2)
})
