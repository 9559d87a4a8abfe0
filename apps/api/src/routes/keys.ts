import {
  createKey,
  describeKey,
  disableKey,
  durationForm,
  enableKey,
  getKey,
  listKeys,
  type MadeKey,
  parseDuration,
  parseRate,
  rateForm,
  readAudit,
  revokeKey,
  rotateKey,
  scopes,
} from '@dsapi/auth'
import type { Database } from '@dsapi/db'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Env } from '../env.ts'
import { onlyMethods } from '../only-methods.ts'
import { parseBody } from '../parse-body.ts'
import { readJson } from '../read-json.ts'

/** Text that a function reads as a value, or gives undefined for. */
const readAs = <T>(read: (text: string) => T | undefined, form: string) =>
  z.string().transform((text, context): T => {
    const value = read(text)
    if (value !== undefined) return value
    context.addIssue({ code: 'custom', message: `must be ${form}` })
    return z.NEVER
  })

/** Names are shown in terminals, where control characters could do harm. */
const line = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^\P{Cc}*$/u, 'must hold no control characters')

const newKey = z.strictObject({
  name: line(200).trim().min(1),
  note: line(1000).optional(),
  scopes: z.array(z.enum(scopes)).min(1).optional(),
  rate: readAs(parseRate, rateForm).optional(),
  daily_quota: z.int().min(1).optional(),
  expires_in: readAs(parseDuration, durationForm).optional(),
})

const rotation = z.strictObject({
  grace: readAs(parseDuration, durationForm).default(parseDuration('24h') ?? 0),
})

const auditQuery = z.object({
  key: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})

const by = (context: Context<Env>) =>
  ({ actor: `key:${context.get('key').id}`, now: Date.now() }) as const

/**
 * The administration of keys over HTTP: what `dsapi keys` does, for keys with the scope `admin`.
 *
 * @param maxBody the largest body, in bytes
 */
export const keyRoutes = (db: Database, maxBody: number): Hono<Env> => {
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
    const wishes = parseBody(newKey, await readJson(context, maxBody))
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
    const { key, limit } = parseBody(auditQuery, context.req.query())
    return context.json({ audit: await readAudit(db, { ...(key && { keyId: key }), limit }) })
  })

  app.get('/:id', async (context) =>
    context.json(describeKey(await getKey(db, context.req.param('id')), Date.now())),
  )

  app.post('/:id/rotate', async (context) => {
    const { grace } = parseBody(rotation, await readJson(context, maxBody, {}))
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
