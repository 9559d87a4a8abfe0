import {
  createKey,
  describeKey,
  disableKey,
  enableKey,
  getKey,
  listKeys,
  type MadeKey,
  readAuditPage,
  revokeKey,
  rotateKey,
} from '@dsapi/auth'
import type { Database } from '@dsapi/db'
import { type Context, Hono } from 'hono'
import type { Env } from '../../http/env.ts'
import { onlyMethods } from '../../http/only-methods.ts'
import { parseBody } from '../../http/parse-body.ts'
import { parseQuery, unknownCursor } from '../../http/parse-query.ts'
import type { BodyLimit } from '../../http/read-body.ts'
import { readJson } from '../../http/read-json.ts'
import { auditQuery, newKey, rotation } from './key-schemas.ts'

const by = (context: Context<Env>) =>
  ({ actor: `key:${context.get('key').id}`, now: Date.now() }) as const

/**
 * The administration of keys over HTTP: what `dsapi keys` does, for keys with the scope `admin`.
 */
export const keyRoutes = (db: Database, jsonBody: BodyLimit): Hono<Env> => {
  const app = new Hono<Env>()
  app.use(async (context, next) => {
    context.header('cache-control', 'no-store') // A key that is shown once must not lie in a cache.
    await next()
  })

  app.get('/', async (context) => {
    const now = Date.now()
    return context.json({ keys: (await listKeys(db)).map((key) => describeKey(key, now)) })
  })

  app.post('/', async (context) => {
    const wishes = parseBody(newKey, await readJson(context, jsonBody))
    const { actor, now } = by(context)
    const made = await createKey(
      db,
      {
        name: wishes.name,
        note: wishes.note,
        scopes: wishes.scopes,
        rate: wishes.rate,
        dailyQuota: wishes.daily_quota,
        expiresAt: wishes.expires_in && now + wishes.expires_in,
      },
      { actor, now },
    )
    return answerMade(context, made)
  })

  app.get('/audit', async (context) => {
    const { key, limit, cursor } = parseQuery(auditQuery, context.req.query())
    const page = await readAuditPage(db, {
      ...(key && { keyId: key }),
      ...(cursor !== undefined && { cursor }),
      limit,
    })
    if (page === undefined) throw unknownCursor()
    const { entries, nextCursor } = page
    return context.json({ audit: entries, ...(nextCursor && { next_cursor: nextCursor }) })
  })

  app.get('/:id', async (context) =>
    context.json(describeKey(await getKey(db, context.req.param('id')), Date.now())),
  )

  app.post('/:id/rotate', async (context) => {
    const { grace } = parseBody(rotation, await readJson(context, jsonBody, {}))
    const id = context.req.param('id')
    return answerMade(context, await rotateKey(db, id, grace, by(context)))
  })

  for (const [path, change] of [
    ['/:id/disable', disableKey],
    ['/:id/enable', enableKey],
    ['/:id/revoke', revokeKey],
  ] as const) {
    app.post(path, async (context) => {
      const key = await change(db, context.req.param('id'), by(context))
      return context.json(describeKey(key, Date.now()))
    })
    app.all(path, onlyMethods('POST'))
  }

  app.all('/', onlyMethods('GET, HEAD, POST'))
  app.all('/audit', onlyMethods('GET, HEAD'))
  app.all('/:id', onlyMethods('GET, HEAD'))
  app.all('/:id/rotate', onlyMethods('POST'))
  return app
}

/** The only answer that holds a key in the clear. */
const answerMade = (context: Context<Env>, { key, stored }: MadeKey): Response => {
  context.header('location', `/keys/${stored.id}`)
  return context.json({ ...describeKey(stored, Date.now()), key }, 201)
}
