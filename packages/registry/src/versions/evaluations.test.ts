import { type Database, findModelTraining, listModelEvaluations } from '@dsapi/db'
import type { Evaluation } from '@dsapi/inference'
import { LogisticRegression } from '@dsapi/model'
import { emptyDatabase } from '@dsapi/testing'
import { beforeEach, expect, test } from 'vitest'
import { by, newHost, openNew } from '../../test/a-model.ts'
import { findTraining } from '../drift/find-training.ts'
import { countTraining } from '../drift/training-shares.ts'
import { VersionNotFoundError } from '../errors.ts'
import { loadVersion } from '../loading/load-version.ts'
import { addEvaluation, listEvaluations } from './evaluations.ts'
import { removeVersion } from './remove-version.ts'
import { storeModel } from './store-model.ts'

let db: Database
beforeEach(async () => {
  db = await openNew(await emptyDatabase())
})

const evaluationOf = (rows: number): Evaluation => ({
  ...{ type: 'values', source: 'file', rows, refused: 0, residuals: [], groups: [] },
  scores: { r2: null, mean_absolute_error: 1, root_mean_squared_error: 1 },
})
const model = new LogisticRegression().fit([[0], [1]], [0, 1], { featureNames: ['a'] })
const training = countTraining(
  [{ name: 'a', type: 'number' }],
  { nRows: 2, columns: [[0, 1]], y: [0, 1] },
  true,
)
const rowsOf = async (version: number) => {
  const evaluations = await listEvaluations(db, { name: 'churn', version })
  return evaluations.map(({ evaluation }) => evaluation.rows)
}
const store = () =>
  storeModel(db, model, 0, { name: 'churn', evaluation: evaluationOf(1), training })

test('a version keeps the evaluation of its fit and the last nine after it', async () => {
  await store()
  for (const rows of [2, 3])
    await addEvaluation(db, { name: 'churn', version: 1 }, evaluationOf(rows), by)
  expect(await rowsOf(1)).toEqual([3, 2, 1])
  for (let rows = 4; rows < 13; rows++) {
    await addEvaluation(db, { name: 'churn', version: 1 }, evaluationOf(rows), by)
  }
  expect(await rowsOf(1)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3])
})

test('an evaluation of a version that does not exist is refused', async () => {
  await store()
  const adding = addEvaluation(db, { name: 'churn', version: 2 }, evaluationOf(1), by)
  await expect(adding).rejects.toThrow(VersionNotFoundError)
})

test('evaluations and shares of the training data are removed with their version', async () => {
  await store()
  await store()
  await removeVersion(db, { name: 'churn', version: 1, ...by })
  expect(await listModelEvaluations(db, { name: 'churn', version: 1 })).toEqual([])
  expect(await findModelTraining(db, { name: 'churn', version: 1 })).toBeUndefined()
  expect(await rowsOf(2)).toEqual([1])
})

test('the shares of the training data are found for the version that was fitted to it', async () => {
  const [version] = [await store(), await storeModel(db, model, 0, { name: 'churn' })]
  const host = await newHost()
  const find = async (of: number) => {
    const stored = await loadVersion(db, host, { name: 'churn', version: of })
    return stored && findTraining(db, stored)
  }
  expect(await find(version)).toEqual(training)
  expect(await find(version + 1)).toBeUndefined()
})
