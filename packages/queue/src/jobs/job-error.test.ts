import { expect, test } from 'vitest'
import { errorCodeOf, JobError, reasonFor, withoutTrace, workerLost } from './job-error.ts'

test('an owner is given the message of an error that is meant for them, and of no other', () => {
  expect(reasonFor(new JobError('x is missing'))).toBe('x is missing')
  expect(reasonFor(new Error('/srv/secret is missing'))).toBe('Internal error')
})

test('a reason is short, however long the message is', () => {
  expect(reasonFor(new JobError('x'.repeat(1_000_000)))).toHaveLength(1000)
})

test.each([
  ['x is missing', 'x is missing'],
  ['JobError: x is missing\n    at compute (file:///srv/x.ts:3:9)\n    at a', 'x is missing'],
  ['Error: two\nlines\n    at compute (file:///srv/x.ts:3:9)', 'two\nlines'],
  ['at noon\n  at home', 'at noon\n  at home'],
])('of the stored reason %j its owner reads %j', (stored, read) => {
  expect(withoutTrace(stored)).toBe(read)
})

test.each([
  ['Internal error', 'internal'],
  [workerLost, 'worker_lost'],
  ['It took longer than 60 seconds.', 'timed_out'],
  ['A piece of the work took longer than 5 seconds', 'timed_out'],
  ['It took longer than my secret', 'failed'],
  ['feature_a must be a number', 'failed'],
])('of the reason %j others than its owner read %s', (reason, code) => {
  expect(errorCodeOf(reason)).toBe(code)
})
