import { type Database, listWebhookSecrets, openDatabase } from '@dsapi/db'
import { emptyDatabase } from '@dsapi/testing'
import { beforeEach, expect, test } from 'vitest'
import { readAudit } from '../keys/audit.ts'
import { createKey, getKey, revokeKey, rotateKey } from '../keys/manage-keys.ts'
import { setKey } from '../keys/set-key.ts'
import { hasWebhookSecret, rotateWebhookSecret } from './webhook-secrets.ts'

const hourMs = 3_600_000
const at = (hours: number) => ({ actor: 'cli:me', now: hours * hourMs }) as const

let db: Database
beforeEach(async () => {
  db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  return () => db.destroy()
})

const create = async () => (await createKey(db, { name: 'a' }, at(0))).stored

const validAt = async (ownerId: string, hours: number) =>
  (await listWebhookSecrets(db, ownerId, hours * hourMs)).map(({ secret }) => secret)

test('a secret has the form of Standard Webhooks', async () => {
  const { secret, previousUntil } = await rotateWebhookSecret(db, (await create()).id, at(0))
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/)
  expect(previousUntil).toBeUndefined()
})

test('for a day after a rotation both secrets sign', async () => {
  const { id } = await create()
  const first = await rotateWebhookSecret(db, id, at(0))
  const second = await rotateWebhookSecret(db, id, at(100))
  expect(second.previousUntil).toBe(124 * hourMs)
  expect(await validAt(id, 123.9)).toEqual([second.secret, first.secret])
  expect(await validAt(id, 124)).toEqual([second.secret])
})

test('a second rotation within a day drops no secret that is valid', async () => {
  const { id } = await create()
  const first = await rotateWebhookSecret(db, id, at(0))
  const second = await rotateWebhookSecret(db, id, at(100))
  const third = await rotateWebhookSecret(db, id, at(110))
  expect(await validAt(id, 123)).toEqual([third.secret, second.secret, first.secret])
  expect(await validAt(id, 124)).toEqual([third.secret, second.secret])
  expect(await validAt(id, 134)).toEqual([third.secret])
})

test('no more than ten secrets are valid at a time', async () => {
  const { id } = await create()
  for (let i = 0; i < 10; i++) await rotateWebhookSecret(db, id, at(i))
  await expect(rotateWebhookSecret(db, id, at(10))).rejects.toThrow('has 10 webhook secrets')
  await rotateWebhookSecret(db, id, at(25.5))
})

test('the keys of a line of rotations have the same secrets', async () => {
  const { id } = await create()
  const { stored } = await rotateKey(db, id, hourMs, at(1))
  const { secret } = await rotateWebhookSecret(db, stored.id, at(2))
  expect(await validAt(id, 3)).toEqual([secret])
})

test('a rotation leaves an audit entry without the secret', async () => {
  const { id } = await create()
  const { secret } = await rotateWebhookSecret(db, id, at(1))
  const [entry] = await readAudit(db, { limit: 1 })
  expect(entry).toMatchObject({ action: 'rotate_webhook_secret', actor: 'cli:me', key_id: id })
  expect(JSON.stringify(entry)).not.toContain(secret.slice(6))
})

test('a revoked key has no new secret, and neither has an unknown one', async () => {
  const { id } = await create()
  await revokeKey(db, id, at(1))
  await expect(rotateWebhookSecret(db, id, at(2))).rejects.toThrow('it is revoked')
  await expect(rotateWebhookSecret(db, 'nobody', at(2))).rejects.toThrow('There is no key')
})

test('a key can have a URL once it has a secret, and its successor has the same', async () => {
  const { id } = await create()
  const webhookUrl = 'https://example.com/hook'
  await expect(setKey(db, id, { webhookUrl }, at(1))).rejects.toMatchObject({
    code: 'no_webhook_secret',
  })
  await rotateWebhookSecret(db, id, at(1))
  expect(await hasWebhookSecret(db, id, hourMs)).toBe(true)
  expect(await setKey(db, id, { webhookUrl }, at(1))).toMatchObject({ webhookUrl })
  const { stored } = await rotateKey(db, id, hourMs, at(2))
  expect((await getKey(db, stored.id)).webhookUrl).toBe(webhookUrl)
  expect(await setKey(db, stored.id, { webhookUrl: null }, at(3))).toMatchObject({
    webhookUrl: null,
  })
})
