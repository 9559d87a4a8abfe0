import { EngineUnavailableError, ModelFailedError } from '@dsapi/inference'
import { expect, test } from 'vitest'
import { modelError } from './model-error.ts'

test('a model that fails is answered model_failed, with the row and without the reason', () => {
  const error = modelError(new ModelFailedError('ValueError: the password is wrong', 2))
  expect(error).toMatchObject({ code: 'model_failed', message: 'The model failed at row 3' })
})

test.each(['busy', 'notRunning', 'closed', 'aborted'] as const)(
  'an engine that is %s is answered unavailable, with a time to try again',
  (reason) => {
    expect(modelError(new EngineUnavailableError(reason, 'no member'))).toMatchObject({
      code: 'unavailable',
      facts: { headers: { 'retry-after': '1' } },
    })
  },
)

test('another error is none of a model', () => {
  expect(modelError(new Error('the disk is full'))).toBeUndefined()
})
