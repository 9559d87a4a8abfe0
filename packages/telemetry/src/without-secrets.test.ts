import { expect, test } from 'vitest'
import { hideSecrets, withoutCredentials } from './without-secrets.ts'

test.each([
  ['redis://:hunter2@h:6379/1', 'redis://…@h:6379/1'],
  ['at postgres://me:hunter2@h/db, again', 'at postgres://…@h/db, again'],
  ['rediss://me:a@b/hunter2@h', 'rediss://…@h'],
  ['"redis://:hunter2@h"', '"redis://…@h"'],
  [
    'postgres://h/db?password=hunter2&sslmode=require',
    'postgres://h/db?password=…&sslmode=require',
  ],
  ['https://example.com/a, ann@example.com', 'https://example.com/a, ann@example.com'],
])('%s becomes %s', (text, clean) => {
  expect(withoutCredentials(text)).toBe(clean)
})

test('the secrets of the settings are found in any text', () => {
  const hide = hideSecrets(['hunter2', 'hunter22', 'p%40ss', 'a'])
  expect(hide('hunter22 hunter2 p%40ss a')).toBe('… … … a')
})

test('what a server repeats of a command that it does not know is left out', () => {
  const message = "ERR unknown command 'auth', with args beginning with: 'abc' "
  expect(hideSecrets([])(message)).not.toContain('abc')
})
