import { expect, test } from 'vitest'
import { EngineUnavailableError } from '../engines/engine-unavailable-error.ts'
import { InputError } from '../input-error.ts'
import { ModelOptionsError } from '../kinds/model-options-error.ts'
import { ModelFailedError } from '../model-failed-error.ts'
import { errorOf, postedError } from './posted-error.ts'

test.each([
  new InputError('the row is too long', { isFinal: true }),
  new InputError('is not known', { row: 3, field: 'colour' }),
  new ModelFailedError('the row has no answer', 3),
  new EngineUnavailableError('busy', 'too much waits'),
  new ModelOptionsError('too many classes'),
  new Error('it broke'),
])('an error is the same after it was posted: %s', (error) => {
  const posted = errorOf(structuredClone(postedError(error)))
  expect(posted).toStrictEqual(error)
  expect(posted.constructor).toBe(error.constructor)
  expect(posted.stack).toBe(error.stack)
})
