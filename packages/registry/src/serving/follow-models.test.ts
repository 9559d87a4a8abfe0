import type { Database } from '@dsapi/db'
import { predictRow } from '@dsapi/inference'
import { emptyDatabase, waitFor } from '@dsapi/testing'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { add, by, fileOf, fitted, insertUnreadable, newHost, openNew } from '../../test/a-model.ts'
import { sha256Of } from '../artifacts/hash.ts'
import { ModelGoneError, NoModelError, StoredModelError } from '../errors.ts'
import type { ModelHost } from '../loading/model-host.ts'
import type { StoredModel } from '../loading/stored-model.ts'
import { removeVersion } from '../versions/remove-version.ts'
import { rollBack } from '../versions/roll-back.ts'
import { serveVersion } from '../versions/serve-version.ts'
import { storeModel } from '../versions/store-model.ts'
import { followModels } from './follow-models.ts'
import type { ServedModels } from './served-models.ts'

let db: Database
let host: ModelHost
let errors: unknown[]
let changes: StoredModel[]

beforeEach(async () => {
  db = await openNew(await emptyDatabase())
  host = await newHost()
  errors = []
  changes = []
})

const follow = async (): Promise<ServedModels> => {
  const models = await followModels(db, {
    ...{ host, everyMs: 5 },
    onChange: (model) => changes.push(model),
    onError: (error) => errors.push(error),
  })
  onTestFinished(models.stop)
  return models
}

const store = (weight = 1) => storeModel(db, fitted(weight), 0)
const versionOf = (models: ServedModels, name = 'default') => models.find(name)?.served.version

describe('a process that starts', () => {
  test('cannot without a model, and says what to do', async () => {
    await expect(follow()).rejects.toThrow(NoModelError)
  })

  test('loads what is served of each model', async () => {
    await store()
    await add(db, host, { name: 'churn' })
    await add(db, host, { name: 'churn', file: fileOf(2) })
    const models = await follow()
    expect(models.names()).toEqual(
      ['churn', 'default'].filter((name) => models.names().includes(name)),
    )
    expect(await models.wait('churn')).toMatchObject({ served: { name: 'churn', version: 1 } })
    const served = models.find('default')?.served
    expect(served && predictRow(served.model, [2.5])).toMatchObject({ class: 1 })
    expect(models.problems()).toEqual([])
  })

  test('begins with the version before, when the served one cannot be read, and says so', async () => {
    const version = await store()
    const bad = await insertUnreadable(db)
    const models = await follow()
    expect(versionOf(models)).toBe(version)
    expect(errors).toEqual([expect.objectContaining({ model: 'default', version: bad })])
    expect(models.problems()).toEqual([
      {
        ...{ name: 'default', version: bad, servedInstead: version },
        message: expect.stringContaining(
          `Model version ${bad} cannot be read: coef is missing; expected an array. Fit again`,
        ),
      },
    ])
  })

  test('goes back along what was served before, and then to lower numbers', async () => {
    const [first, second] = [await store(1), await store(2)]
    await serveVersion(db, { name: 'default', version: first, ...by })
    const bad = await insertUnreadable(db)
    expect(versionOf(await follow())).toBe(first)
    await db.updateTable('named_models').set({ history: '[]' }).execute()
    expect(versionOf(await follow())).toBe(second)
    expect(bad).toBe(3)
  })

  test('cannot when no version of the only model can be read', async () => {
    const bad = await insertUnreadable(db)
    await expect(follow()).rejects.toThrow(`Model version ${bad} cannot be read`)
  })

  test('serves the other models when no version of one can be read', async () => {
    await store()
    await insertUnreadable(db, { name: 'broken' })
    const models = await follow()
    expect(await models.wait('broken')).toBeUndefined()
    expect(versionOf(models)).toBe(1)
    expect(models.problems()).toMatchObject([{ name: 'broken', servedInstead: undefined }])
  })
})

describe('a process that runs', () => {
  test('takes up another version, also an earlier one', async () => {
    const first = await store(1)
    const models = await follow()
    const second = await store(2)
    await waitFor(() => versionOf(models) === second)
    await rollBack(db, { name: 'default', ...by })
    await waitFor(() => versionOf(models) === first)
    expect(changes.map(({ version }) => version)).toEqual([second, first])
  })

  test('takes up a new model, a canary and a shadow', async () => {
    await store()
    const models = await follow()
    for (const weight of [1, 2, 3]) await add(db, host, { file: fileOf(weight) })
    await serveVersion(db, { name: 'churn', version: 2, canary: 0.25, ...by })
    await serveVersion(db, { name: 'churn', version: 3, shadow: true, ...by })
    await waitFor(() => models.find('churn')?.shadow !== undefined)
    expect(models.find('churn')).toMatchObject({
      served: { version: 1 },
      canary: { model: { version: 2 }, share: 0.25 },
      shadow: { version: 3 },
    })
  })

  test('keeps the version in use when the next one cannot be read, and reports each once', async () => {
    const version = await store()
    const models = await follow()
    const bad = [await insertUnreadable(db)]
    await waitFor(() => errors.length > 0)
    bad.push(await insertUnreadable(db, { text: 'no JSON' }))
    await waitFor(() => errors.length > 1)
    expect(versionOf(models)).toBe(version)
    expect(models.problems()).toMatchObject([{ version: bad[1], servedInstead: version }])
    const good = await store(2)
    await waitFor(() => versionOf(models) === good)
    expect(models.problems()).toEqual([])
    const versions = errors.map((error) => error instanceof StoredModelError && error.version)
    expect(versions).toEqual(bad)
  })

  test('tries a version again that could not be loaded, which is reported once', async () => {
    await add(db, host, { name: 'default' })
    const file = fileOf(2, 2 ** 21)
    await add(db, host, { name: 'default', file })
    const sha256 = sha256Of(file)
    const host2 = await newHost()
    const lost = await db
      .deleteFrom('artifact_pieces')
      .where('sha256', '=', sha256)
      .where('position', '=', 2)
      .returningAll()
      .execute()
    const models = await followModels(db, {
      ...{ host: host2, everyMs: 5, retryMs: 10, onChange: () => {} },
      onError: (error) => errors.push(error),
    })
    onTestFinished(models.stop)
    await serveVersion(db, { name: 'default', version: 2, ...by })
    await waitFor(() => errors.length > 0)
    expect(versionOf(models)).toBe(1)
    await db.insertInto('artifact_pieces').values(lost).execute()
    await waitFor(() => versionOf(models) === 2)
    expect(models.problems()).toEqual([])
    expect(errors).toHaveLength(1)
  })

  test('a canary that cannot be read leaves the served version as it is', async () => {
    const version = await store()
    const bad = await insertUnreadable(db)
    await serveVersion(db, { name: 'default', version, ...by })
    await serveVersion(db, { name: 'default', version: bad, canary: 0.5, ...by })
    const models = await follow()
    expect(models.find('default')).toMatchObject({ served: { version } })
    expect(models.find('default')?.canary).toBeUndefined()
    expect(models.problems()).toMatchObject([{ version: bad, servedInstead: undefined }])
  })
})

describe('any version', () => {
  test('is found by its number or its tag, and read once while few others are asked for', async () => {
    for (let weight = 1; weight <= 7; weight++) await store(weight)
    const models = await follow()
    const first = await models.load('default', 1)
    expect(await models.load('default', first.tag)).toBe(first)
    expect(await models.load('default', 7)).toBe(models.find('default')?.served)
    for (const version of [2, 3, 4]) await models.load('default', version)
    expect(await models.load('default', 1)).toBe(first)
    for (const version of [2, 3, 4, 5]) await models.load('default', version)
    expect(await models.load('default', 1)).not.toBe(first)
  })

  test('that is asked for twice at once is read once', async () => {
    await store(1)
    await store(2)
    const models = await follow()
    const [one, other] = await Promise.all([models.load('default', 1), models.load('default', 1)])
    expect(one).toBe(other)
  })

  test.each(['7-00000000', 'nonsense', '1-00000000', 9])('there is none %s', async (version) => {
    await store()
    const models = await follow()
    await expect(models.load('default', version)).rejects.toThrow(ModelGoneError)
    await expect(models.load('default', version)).rejects.toThrow(`Model version ${version}`)
  })

  test('that was removed is gone for processes that had loaded it, too', async () => {
    await store(1)
    await store(2)
    const models = await follow()
    await models.load('default', 1)
    await removeVersion(db, { name: 'default', version: 1, ...by })
    await waitFor(() =>
      models.load('default', 1).then(
        () => false,
        (error) => error instanceof ModelGoneError,
      ),
    )
  })
})
