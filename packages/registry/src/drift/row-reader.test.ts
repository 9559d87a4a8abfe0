import { insertModelVersion, openDatabase } from '@dsapi/db'
import { LogisticRegression } from '@dsapi/model'
import { emptyDatabase } from '@dsapi/testing'
import { expect, onTestFinished, test } from 'vitest'
import { storeModel } from '../versions/store-model.ts'
import { createRowReader } from './row-reader.ts'

test('a prediction of a version that is damaged, gone or has other columns has no row', async () => {
  const db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  onTestFinished(() => db.destroy())
  const fit = (name: string) =>
    new LogisticRegression().fit([[0], [1]], [0, 1], { featureNames: [name] })
  const own = await storeModel(db, fit('a'), 0)
  const other = await storeModel(db, fit('b'), 0)
  const damaged = 3
  await insertModelVersion(db, {
    ...{
      name: 'default',
      version: damaged,
      sha256: 'damaged',
      artifact_sha256: 'damaged',
      size: 2,
    },
    ...{ format: 'dsapi-logistic-regression', options: '{}', created_at: 0, created_by: '' },
  })
  const read = createRowReader(db, 'default', ['a'])
  const rowOf = (version: number) => read({ at: 0, version, features: [5], answer: { value: 0 } })
  expect(await rowOf(own)).toEqual([5])
  for (const version of [other, damaged, 99]) expect(await rowOf(version)).toBeUndefined()
})
