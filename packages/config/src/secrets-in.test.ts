import { expect, test } from 'vitest'
import { secretsIn } from './secrets-in.ts'

test.each([
  [{ REDIS_URL: 'redis://:hunter2@h:1' }, ['hunter2']],
  [{ REDIS_URL: 'redis://me:p%40ss%3A@h' }, ['p%40ss%3A', 'p@ss:']],
  [{ REDIS_URL: 'redis://:a@b/c@h' }, ['a@b/c', 'a%40b%2Fc']],
  [{ REDIS_URL: 'redis://:100%@h' }, ['100%', '100%25']],
  [{ DATABASE_URL: 'postgres://me:hunter2@h/db' }, ['hunter2']],
  [{ DATABASE_URL: 'postgres:me:hunter2@h/db' }, ['hunter2']],
  [{ DATABASE_URL: 'postgres://me@h/db?password=hunter2&sslmode=require' }, ['hunter2']],
  [{ OTEL_EXPORTER_OTLP_HEADERS: 'api-key=hunter2,x=other' }, ['hunter2', 'other']],
])('in %o there are %j', (env, secrets) => {
  expect(secretsIn(env)).toEqual(expect.arrayContaining(secrets))
})

test('where there are no passwords, there are no secrets', () => {
  const env = { REDIS_URL: 'redis://h:1/2', DATABASE_URL: 'sqlite:a.sqlite', HOME: 'x:y@z' }
  expect(secretsIn(env)).toEqual([])
})
