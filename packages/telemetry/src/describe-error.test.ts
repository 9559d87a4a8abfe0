import { expect, test } from 'vitest'
import { describeError, formatError } from './describe-error.ts'
import { hideSecrets } from './without-secrets.ts'

const hide = hideSecrets(['hunter2'])

/** As libraries hang them on theirs. */
const foreign = (message: string, members: object) => Object.assign(new Error(message), members)

test('the type, message, code, stack and cause of an error are logged, and nothing else', () => {
  const cause = foreign('refused', { command: { name: 'auth', args: ['hunter2'] } })
  const error = foreign('broken', {
    code: 'E1',
    detail: 'Key (hash)=(abc)',
    options: { password: 'hunter2' },
    cause,
  })
  const described = describeError(error, hide)
  expect(Object.keys(described)).toEqual(['type', 'message', 'code', 'stack', 'cause'])
  expect(Object.keys(described.cause ?? {})).toEqual(['type', 'message', 'stack'])
  expect(JSON.stringify(described)).not.toContain('hunter2')
})

test('a secret in a message or a stack is left out', () => {
  const text = formatError(new Error('no login with hunter2 at redis://:x@h'), hide)
  expect(text).toContain('no login with … at redis://…@h')
  expect(text).not.toContain('hunter2')
})

test('the errors of an aggregate are logged, five at most', () => {
  const errors = Array.from({ length: 9 }, (_, index) => new Error(`no ${index}`))
  expect(describeError(new AggregateError(errors, 'all'), hide).errors).toHaveLength(5)
})

test('an error that is its own cause has an end', () => {
  const error = new Error('round')
  error.cause = error
  expect(JSON.stringify(describeError(error, hide)).length).toBeLessThan(20_000)
})

test('a message without an end is cut, and no half of a secret is left at the cut', () => {
  const { message } = describeError(new Error(`${'x'.repeat(1996)}hunter2${'y'.repeat(1e6)}`), hide)
  expect(message.length).toBeLessThan(2010)
  expect(message).not.toContain('hunt')
})

test.each([
  ['a text', 'hunter2!', { type: 'string', message: '…!' }],
  ['nothing', undefined, { type: 'undefined', message: 'undefined' }],
  [
    'an object',
    { message: 'm', code: 7, token: 'hunter2' },
    { type: 'Object', message: 'm', code: 7 },
  ],
])('%s that was thrown is described as well as it can be', (_, thrown, expected) => {
  expect(describeError(thrown, hide)).toEqual(expected)
})

test('an error whose members throw is described too', () => {
  const error = Object.defineProperty(new Error('m'), 'code', {
    get() {
      throw new Error('never mind')
    },
  })
  expect(describeError(error, hide)).toMatchObject({ type: 'Error', message: 'm' })
})
