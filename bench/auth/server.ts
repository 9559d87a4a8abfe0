// A route behind authentication and the same route without it, each on a port of its own in one process.
// Sends its parent the ports and a key and, on request, how much processor time it has used.

import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type AuthenticatedEnv,
  apiKeyAuth,
  authenticateOnce,
  createAuthenticator,
  createFailedAttempts,
  createKey,
  createRateLimits,
  followKeys,
  trackUsage,
} from '@dsapi/auth'
import { openDatabase } from '@dsapi/db'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'

const folder = mkdtempSync(join(tmpdir(), 'dsapi-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const db = await openDatabase({ url: `sqlite:${join(folder, 'bench.sqlite')}` }, { create: true })
const onError = (error: unknown) => {
  throw error
}
const { key } = await createKey(db, { name: 'bench' }, { actor: 'cli:bench', now: Date.now() })
for (let i = 0; i < 1000; i++) {
  await createKey(db, { name: 'other' }, { actor: 'cli:bench', now: Date.now() })
}
const keys = await followKeys(db, { onError })
const authentication = apiKeyAuth({
  authenticate: authenticateOnce(
    createAuthenticator(keys, { acceptDemoKeys: () => false }).authenticate,
  ),
  failedAttempts: createFailedAttempts(() => {}),
  usage: trackUsage(db, { onError }),
  rateLimits: await createRateLimits({
    redisUrl: undefined,
    onRedisUnreachable: onError,
    onRedisReconnected: () => {},
  }),
  isOverloaded: () => false,
  refuse: (context) => context.json({ error: true }, 401),
})

const app = (withKeys: boolean) => {
  const hono = new Hono<AuthenticatedEnv>()
  if (withKeys) hono.use(authentication)
  return hono.get('/', (context) => context.json({ hello: 'world' }))
}

const portOf = async (hono: Hono<AuthenticatedEnv>) => {
  const server = createServer(getRequestListener(hono.fetch))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

process.on('message', () => process.send?.(process.cpuUsage()))
process.on('disconnect', () => process.exit())
process.send?.({ key, with: await portOf(app(true)), without: await portOf(app(false)) })
