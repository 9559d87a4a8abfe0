import { createHash } from 'node:crypto'
import { type Database, insertModel, openDatabase } from '@dsapi/db'
import { logisticRegressionRuntime, predictRow } from '@dsapi/inference'
import { LogisticRegression, LogisticRegressionModel } from '@dsapi/model'
import { emptyDatabase, waitFor } from '@dsapi/testing'
import { beforeEach, describe, expect, test } from 'vitest'
import { followModel, NoModelError } from './follow-model.ts'
import { loadModel, loadNewestModel, StoredModelError, storeModel } from './stored-model.ts'

let db: Database

beforeEach(async () => {
  db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  return () => db.destroy()
})

const fit = (y: number[]) => new LogisticRegression().fit([[0], [1], [2], [3]], y)

describe('a stored model', () => {
  test('is loaded as it was stored', async () => {
    const model = fit([0, 0, 1, 1])
    const version = await storeModel(db, model, 5)
    const loaded = await loadModel(db)
    expect(loaded).toMatchObject({ version, createdAt: 5 })
    expect(loaded?.tag).toBe(`${version}-${loaded?.sha256.slice(0, 8)}`)
    expect(loaded && predictRow(loaded.model, [2.5])).toEqual(
      predictRow(logisticRegressionRuntime(model), [2.5]),
    )
  })

  test('is the newest unless a version is asked for', async () => {
    const first = await storeModel(db, fit([0, 0, 1, 1]), 0)
    const second = await storeModel(db, fit([1, 1, 0, 0]), 0)
    expect((await loadModel(db))?.version).toBe(second)
    expect((await loadModel(db, first))?.version).toBe(first)
  })

  test('is not there before anything was fitted', async () => {
    expect(await loadModel(db)).toBeUndefined()
  })

  test('is refused when its row was changed', async () => {
    await insertModel(db, { json: '{}', sha256: 'something else', created_at: 0 })
    await expect(loadModel(db)).rejects.toThrow('does not match its SHA-256')
  })
})

const unreadable = '{"classes":[0,1]}'

/** What an earlier version stored without reading it back. */
const insertUnreadable = (json = unreadable) =>
  insertModel(db, { json, sha256: createHash('sha256').update(json).digest('hex'), created_at: 0 })

describe('a model that could not be read again', () => {
  test('is not stored', async () => {
    const fit = { converged: true, nIter: 1, gradientNorm: Number.NaN, objective: 1 }
    const model = new LogisticRegressionModel({
      ...{ classes: [0, 1], coef: [[1]], intercept: [0] },
      fit,
    })
    await expect(storeModel(db, model, 0)).rejects.toThrow('fit.gradientNorm is null')
    expect(await loadModel(db)).toBeUndefined()
  })

  test('does not stand in the way of an older one', async () => {
    const good = await storeModel(db, fit([0, 0, 1, 1]), 0)
    const bad = await insertUnreadable()
    const newest = await insertUnreadable('no JSON')
    expect((await loadModel(db))?.version).toBe(good)
    const found = await loadNewestModel(db)
    expect(found?.unreadable.map(({ version }) => version)).toEqual([newest, bad])
  })

  test('is named with the reason and the way out where it is asked for', async () => {
    const bad = await insertUnreadable()
    await expect(loadModel(db, bad)).rejects.toThrow(StoredModelError)
    await expect(loadModel(db)).rejects.toThrow(
      `Model version ${bad} cannot be read: coef is missing; expected an array. Fit again`,
    )
  })
})

describe('followModel', () => {
  const follow = (onError: (error: unknown) => void = () => {}) =>
    followModel(db, { everyMs: 5, onChange: () => {}, onError })

  test('says what to do where there is no model', async () => {
    await expect(follow()).rejects.toThrow(NoModelError)
  })

  test('takes up a newer version', async () => {
    await storeModel(db, fit([0, 0, 1, 1]), 0)
    const served = await follow()
    const version = await storeModel(db, fit([1, 1, 0, 0]), 0)
    await waitFor(() => served.current().version === version)
    served.stop()
  })

  test('keeps the model in use when a newer one cannot be read', async () => {
    const version = await storeModel(db, fit([0, 0, 1, 1]), 0)
    const errors: unknown[] = []
    const served = await follow((error) => errors.push(error))
    await insertModel(db, { json: '{}', sha256: 'damaged', created_at: 0 })
    await waitFor(() => errors.length > 0)
    expect(served.current().version).toBe(version)
    served.stop()
  })

  test('starts with an older version when the newest cannot be read, and says so', async () => {
    const version = await storeModel(db, fit([0, 0, 1, 1]), 0)
    const bad = await insertUnreadable()
    const errors: unknown[] = []
    const served = await follow((error) => errors.push(error))
    expect(served.current().version).toBe(version)
    expect(errors).toEqual([expect.objectContaining({ version: bad })])
    served.stop()
  })

  test('reports each version that cannot be read once, and takes up what comes after it', async () => {
    await storeModel(db, fit([0, 0, 1, 1]), 0)
    const versions: number[] = []
    const served = await follow((error) => {
      if (error instanceof StoredModelError) versions.push(error.version)
    })
    const bad = [await insertUnreadable()]
    await waitFor(() => versions.length > 0)
    bad.push(await insertUnreadable())
    await waitFor(() => versions.length > 1)
    const good = await storeModel(db, fit([1, 1, 0, 0]), 0)
    await waitFor(() => served.current().version === good)
    expect(versions).toEqual(bad)
    served.stop()
  })

  test('cannot start when no version can be read', async () => {
    const bad = await insertUnreadable()
    await expect(follow()).rejects.toThrow(`Model version ${bad} cannot be read`)
  })
})
