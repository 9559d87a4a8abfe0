import {
  durationForm,
  keyTextForm,
  keyTextPattern,
  longestName,
  longestNote,
  parseDuration,
  parseRate,
  rateForm,
  scopes,
} from '@dsapi/auth'
import { holdsKey } from '@dsapi/telemetry'
import { z } from 'zod'
import { instant, uuid } from '../../openapi/schemas/common.ts'

type Form<T> = {
  readonly read: (text: string) => T | undefined
  readonly form: string
  /** For the document; `read` decides. */
  readonly pattern: string
}

/** Text that a function reads as a value, or gives undefined for. */
const readAs = <T>({ read, form, pattern }: Form<T>) =>
  z
    .string()
    .meta({ pattern, description: form.replace(/^an? /, (article) => article.toUpperCase()) })
    .transform((text, context): T => {
      const value = read(text)
      if (value !== undefined) return value
      context.addIssue({ code: 'custom', message: `must be ${form}` })
      return z.NEVER
    })

const rate = { read: parseRate, form: rateForm, pattern: '^[1-9]\\d{0,8}/[smhd]$' }
const duration = { read: parseDuration, form: durationForm, pattern: '^[1-9]\\d{0,5}[smhd]$' }

const line = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(keyTextPattern, `must ${keyTextForm}`)
    .refine((text) => text.isWellFormed(), `must ${keyTextForm}`)
    .refine((text) => !holdsKey(text), 'must not hold an API key, for it is shown in lists')

export const newKey = z.strictObject({
  name: line(longestName).trim().min(1),
  note: line(longestNote).optional(),
  scopes: z.array(z.enum(scopes)).min(1).optional(),
  rate: readAs(rate).optional(),
  daily_quota: z.int().min(1).optional(),
  expires_in: readAs(duration).optional(),
})

export const rotation = z.strictObject({
  grace: readAs(duration).default(parseDuration('24h') ?? 0),
})

export const auditQuery = z.object({
  key: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'Only what was done to the key with this id' }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(100)
    .meta({ description: 'How many at most' }),
  cursor: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'The `next_cursor` of the answer before' }),
})

const Key = z
  .object({
    id: uuid,
    name: z.string(),
    key: z.string().meta({ description: 'Its first and last characters' }),
    state: z.enum(['active', 'disabled', 'expired', 'revoked']),
    scopes: z.array(z.enum(scopes)),
    rate: z.string().nullable(),
    daily_quota: z.int().nullable(),
    note: z.string(),
    created_by: z.string(),
    created_at: instant.nullable(),
    expires_at: instant.nullable(),
    disabled_at: instant.nullable(),
    revoked_at: instant.nullable(),
    last_used_at: instant.nullable().meta({ description: 'To the minute' }),
    replaced_by: uuid.nullable().meta({ description: 'The key that a rotation put in its place' }),
  })
  .meta({ description: 'All that is known of a key but the key itself' })

const AuditEntry = z.object({
  id: z.int(),
  at: instant,
  actor: z.string().meta({ description: '`cli:` and a person, or `key:` and the id of a key' }),
  action: z.enum(['create', 'rotate', 'disable', 'enable', 'revoke']),
  key_id: uuid,
  detail: z.record(z.string(), z.unknown()),
})

const SeenByHolder = Key.omit({ note: true })

const OwnKey = SeenByHolder.extend({
  line: z.array(SeenByHolder).meta({
    description:
      'All keys of its line of rotations, the oldest first, itself among them. They share jobs and limits',
  }),
  history: z.array(AuditEntry).meta({
    description: 'What was done to the keys of the line, and by whom, the newest first',
  }),
}).meta({ description: 'What the holder of a key may know of it' })

export const keySchemas = {
  requests: { NewKey: newKey, Rotation: rotation },
  answers: {
    Key,
    MadeKey: Key.extend({
      key: z.string().meta({ description: 'The key itself, this once' }),
    }),
    OwnKey,
    KeyList: z.object({ keys: z.array(Key) }),
    AuditEntry,
    AuditList: z.object({
      audit: z.array(AuditEntry),
      next_cursor: z.string().optional().meta({ description: 'Where to go on, if there are more' }),
    }),
  },
}
