import { takeSignInCode } from '@dsapi/auth'
import { openDatabase } from '@dsapi/db'
import { beforeAll, expect, test } from 'vitest'
import { dsapi, generate, type OwnEnvironment, ownEnvironment } from './dsapi.ts'

let env: OwnEnvironment
beforeAll(async () => {
  env = await ownEnvironment()
  await generate(env)
})

test('dsapi console prints a link whose code signs in once, as the user of the command line', async () => {
  const { code, stdout } = await dsapi({ ...env, PORT: '8123' }, 'console')
  expect(code).toBe(0)
  const [, link] = /^http:\/\/127\.0\.0\.1:8123\/console#code=([\w-]{27})\n$/.exec(stdout) ?? []
  await using db = await openDatabase({ url: env.DATABASE_URL })
  expect(await takeSignInCode(db, link, Date.now())).toMatch(/^cli:/)
  expect(await takeSignInCode(db, link, Date.now())).toBeUndefined()
})

test.each([
  [{ DSAPI_CONSOLE: 'off' }, 'The web console is off'],
  [{ PORT: '0' }, 'PORT is 0'],
])('dsapi console with %o says why there is no link', async (variables, reason) => {
  const { code, stderr } = await dsapi({ ...env, ...variables }, 'console')
  expect(code).toBe(1)
  expect(stderr).toContain(reason)
})
