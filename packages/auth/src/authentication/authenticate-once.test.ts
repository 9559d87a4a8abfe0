import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openDatabase } from '@dsapi/db'
import { emptyDatabase } from '@dsapi/testing'
import { expect, onTestFinished, test } from 'vitest'
import { followKeys } from '../keys/follow-keys.ts'
import { createKey, type KeyOptions } from '../keys/manage-keys.ts'
import { authenticateOnce } from './authenticate-once.ts'
import { createAuthenticator } from './authenticator.ts'
import { authorizeAtOnce } from './authorize-at-once.ts'

/** Asks a server twice about each request that is sent to it, with a key of its own. */
const askTwice = async (options: Partial<KeyOptions>) => {
  const db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  const by = { actor: 'cli:test', now: Date.now() } as const
  const { key } = await createKey(db, { name: 'test', ...options }, by)
  const keys = await followKeys(db, { onError: () => {} })
  const { authenticate, lookups } = createAuthenticator(keys, { acceptDemoKeys: () => false })
  const once = authenticateOnce(authenticate)
  const server = createServer({ joinDuplicateHeaders: true }, async (request, response) => {
    const first = once(request)
    const isSame = first === once(request)
    const isAtOnce = authorizeAtOnce(first, 'predict') !== undefined
    const { outcome } = await first
    response.end(JSON.stringify({ outcome, isSame, isAtOnce }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.close()
    await keys.stop()
    await db.destroy()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const ask = async (text: string) =>
    (await fetch(url, { headers: { 'x-api-key': text, connection: 'close' } })).json()
  return { ask, key, lookups }
}

test('a request is authenticated once, however many parts ask for its key, and counted once', async () => {
  const { ask, key, lookups } = await askTwice({})
  expect(await ask(key)).toEqual({ outcome: 'accepted', isSame: true, isAtOnce: true })
  expect(await ask('unknown')).toEqual({ outcome: 'invalid', isSame: true, isAtOnce: false })
  expect(lookups()).toEqual({ known: 1, unknown: 1 })
})

test('a key with other scopes is not authorized at once', async () => {
  const { ask, key } = await askTwice({ scopes: ['jobs'] })
  expect(await ask(key)).toEqual({ outcome: 'accepted', isSame: true, isAtOnce: false })
})
