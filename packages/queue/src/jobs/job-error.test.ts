import { expect, test } from 'vitest'
import { JobError, reasonFor, withoutTrace } from './job-error.ts'

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
