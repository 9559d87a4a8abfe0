import { type Evaluation, evaluateClasses, evaluateValues } from '@dsapi/inference'
import { LinearRegression, LogisticRegression, Matrix } from '@dsapi/model'
import { storeModel } from '@dsapi/registry'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { evaluationSchemas } from '../../src/endpoints/models/evaluation-schemas.ts'
import { type RunningApi, runApi } from '../running-api.ts'
import { asking } from './models-api.ts'

let api: RunningApi
beforeAll(async () => {
  api = await runApi()
})
afterAll(() => api.stop())

const ask = async (path: string) => {
  const { key } = await api.makeKey({ scopes: ['predict'] })
  return asking(api.url, key).get(`/models/${path}/evaluations`)
}

const X = Matrix.fromRows([[0], [1], [2], [3]])
const [labels, values] = [
  [0, 0, 1, 1],
  [0.5, 1, 2, 3],
]
const ofFolds = { source: 'folds', folds: 2, rows: 4, refused: 0 } as const

test('each key that may use a model gets the evaluations of a version, in the form of the document', async () => {
  const classifier = new LogisticRegression().fit(X, labels)
  const probabilities = classifier.predictProba(X)
  const ofClasses: Evaluation = {
    ...evaluateClasses({ classes: [0, 1], labels, predicted: labels, probabilities }),
    ...ofFolds,
  }
  const line = new LinearRegression().fit(X, values)
  const ofValues: Evaluation = { ...evaluateValues(values, line.predict(X)), ...ofFolds }
  const at = Date.UTC(2026, 10, 23)
  await storeModel(api.db, classifier, at, { name: 'classes', evaluation: ofClasses })
  await storeModel(api.db, line, at, { name: 'values', evaluation: ofValues })
  for (const name of ['classes', 'values']) {
    const { status, body } = await ask(`${name}/versions/1`)
    expect(status).toBe(200)
    const { evaluations } = evaluationSchemas.Evaluations.parse(body)
    expect(evaluations).toMatchObject([{ created_at: '2026-11-23T00:00:00.000Z', ...ofFolds }])
  }
})

test('a version without an evaluation has an empty list, and an unknown one is not found', async () => {
  expect((await ask('default/versions/1')).body).toEqual({ evaluations: [] })
  expect((await ask('default/versions/99')).status).toBe(404)
  expect((await ask('nowhere/versions/1')).status).toBe(404)
})
