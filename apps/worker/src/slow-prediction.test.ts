import { createLogger } from '@dsapi/log'
import { LogisticRegression } from '@dsapi/model'
import { JobError } from '@dsapi/queue'
import { predictRow } from '@dsapi/registry'
import { describe, expect, test } from 'vitest'
import { slowPrediction } from './slow-prediction.ts'

const model = new LogisticRegression().fit([[0], [1]], [0, 1], { featureNames: ['x'] })
const stored = { version: 1, sha256: '', tag: '1-abc', createdAt: 0, model }
const silent = createLogger('silent', 'test')

const predict = (input: unknown, delaySeconds = 0, signal = new AbortController().signal) =>
  slowPrediction(() => stored, delaySeconds, silent)({ id: 'a', input, signal })

describe('a slow prediction', () => {
  test('is the same as a fast one, and says which model made it', async () => {
    expect(await predict({ x: 0.7 })).toEqual({
      ...predictRow(model, [0.7]),
      model_version: '1-abc',
    })
  })

  test('ends at once when its job is taken away', async () => {
    const aborted = AbortSignal.abort()
    await expect(predict({ x: 0.7 }, 3600, aborted)).rejects.toThrow('aborted')
  })

  test('tells its owner when the model of today does not fit the input', async () => {
    const failed = predict({ y: 1 })
    await expect(failed).rejects.toThrow(JobError)
    await expect(failed).rejects.toThrow('model 1-abc cannot use this input: x is missing')
  })
})
