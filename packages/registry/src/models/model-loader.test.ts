import { type Database, openDatabase } from '@dsapi/db'
import { LogisticRegression } from '@dsapi/model'
import { emptyDatabase } from '@dsapi/testing'
import { beforeEach, expect, test } from 'vitest'
import { createModelLoader, ModelGoneError } from './model-loader.ts'
import { loadModel, type StoredModel, storeModel } from './stored-model.ts'

let db: Database

beforeEach(async () => {
  db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  return () => db.destroy()
})

const store = async (y: number[]): Promise<StoredModel> => {
  const version = await storeModel(db, new LogisticRegression().fit([[0], [1], [2], [3]], y), 0)
  const stored = await loadModel(db, version)
  if (stored === undefined) throw new Error('it should be there')
  return stored
}

test('a model is found by its tag, also when another one is served', async () => {
  const first = await store([0, 0, 1, 1])
  const second = await store([1, 1, 0, 0])
  const load = createModelLoader(db, () => second)
  expect(await load(first.tag)).toEqual(first)
  expect(await load(second.tag)).toBe(second)
})

test('a model is read from the database once, while few others are asked for', async () => {
  const models: StoredModel[] = []
  for (let i = 0; i < 6; i++) models.push(await store([0, 0, 1, 1]))
  const [first, second, third, fourth, fifth, served] = models
  const load = createModelLoader(db, () => served)
  const kept = await load(first.tag)
  for (const { tag } of [second, third, fourth]) await load(tag)
  expect(await load(first.tag)).toBe(kept)
  for (const { tag } of [second, third, fourth, fifth]) await load(tag)
  expect(await load(first.tag)).not.toBe(kept)
})

test.each(['7-00000000', 'nonsense', '1-00000000'])('there is no model %s', async (tag) => {
  const served = await store([0, 0, 1, 1])
  const load = createModelLoader(db, () => served)
  await expect(load(tag)).rejects.toThrow(ModelGoneError)
  await expect(load(tag)).rejects.toThrow(`Model version ${tag}`)
})
